import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Log files of one run: what each process writes goes to a file of its name. */
export class RunLog {
  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true });
  }

  /** Appends to `<name>.log`. */
  public append(name: string, text: string): void {
    appendFileSync(join(this.directory, `${name.replace(/[^\w.-]/g, '_')}.log`), text, { mode: 0o600 });
  }
}
