import { createWriteStream, type WriteStream } from 'node:fs';
import type { ContextVariables } from './context-variables';

/** An access log file: one line per request, in the format of the stage's `AccessLogSetting`. */
export class AccessLog {
  private readonly stream: WriteStream;

  constructor(public readonly file: string) {
    this.stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  }

  /** Writes one request; a variable without a value is `-`, and values cannot break out of their line or quotes. */
  public write(format: string, context: ContextVariables): void {
    this.stream.write(`${context.render(format.trim(), '-', (value) => JSON.stringify(value).slice(1, -1))}\n`);
  }

  public close(): Promise<void> {
    return new Promise((resolve) => { this.stream.end(resolve); });
  }
}
