import { closeSync, openSync, writeSync } from 'node:fs';
import type { ContextVariables } from './context-variables';

/** What JSON writes otherwise than it is. */
const ESCAPED = /[^ !#-[\]-~]/;

/** An access log file: one line per request, in the format of the stage's `AccessLogSetting`. */
export class AccessLog {
  private readonly descriptor: number;

  constructor(public readonly file: string) {
    this.descriptor = openSync(file, 'a', 0o600);
  }

  /** Writes one request; a variable without a value is `-`, and values cannot break out of their line or quotes. */
  public write(format: string, context: ContextVariables): void {
    // At once: whoever has an answer finds its line in the file.
    writeSync(this.descriptor, `${context.render(format.trim(), '-', escaped)}\n`);
  }

  public close(): Promise<void> {
    closeSync(this.descriptor);
    return Promise.resolve();
  }
}

function escaped(value: string): string {
  return ESCAPED.test(value) ? JSON.stringify(value).slice(1, -1) : value;
}
