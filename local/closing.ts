/** What a run has to end, in reverse order of its start. */
export class Closing {
  private readonly steps: (() => Promise<void>)[] = [];

  /** Registers something with a `close` and gives it back. */
  public add<T extends { close(): Promise<void> }>(closable: T): T {
    this.steps.push(() => closable.close());
    return closable;
  }

  /** Ends everything once; a failure of one step does not keep the others from ending. */
  public async close(): Promise<void> {
    for (const step of this.steps.splice(0).reverse()) await step().catch(() => undefined);
  }
}
