import { appendFileSync } from 'node:fs';
import type { ContextVariables } from './context-variables';

/** An access log file: one line per request, in the format of the stage's `AccessLogSetting`. */
export class AccessLog {
  constructor(public readonly file: string) {
    this.append('');
  }

  /** Writes one request; a variable without a value is `-`, and values cannot break out of their line or quotes. */
  public write(format: string, context: ContextVariables): void {
    this.append(`${context.render(format.trim(), '-', (value) => JSON.stringify(value).slice(1, -1))}\n`);
  }

  // At once: whoever has an answer finds its line in the file.
  private append(text: string): void {
    appendFileSync(this.file, text, { mode: 0o600 });
  }
}
