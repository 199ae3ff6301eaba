/** An error as S3 answers it. */
export class StorageError extends Error {
  constructor(public readonly status: number, public readonly code: string, message: string) {
    super(message);
  }

  public get body(): string {
    const text = this.message.replace(/[<&>]/g, (character) => `&#${character.charCodeAt(0)};`);
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${this.code}</Code><Message>${text}</Message></Error>`;
  }
}
