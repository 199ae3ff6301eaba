import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Log files of one run: what each process writes goes to a file of its name. */
export class RunLog {
  private readonly descriptors = new Map<string, number>();

  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true });
  }

  /** Appends to `<name>.log`. */
  public append(name: string, text: string): void {
    writeSync(this.descriptor(name), text);
  }

  /** Descriptor of `<name>.log`, for a process that writes to it by itself. */
  public descriptor(name: string): number {
    const found = this.descriptors.get(name) ?? openSync(join(this.directory, `${name.replace(/[^\w.-]/g, '_')}.log`), 'a', 0o600);
    this.descriptors.set(name, found);
    return found;
  }

  public close(): Promise<void> {
    for (const descriptor of this.descriptors.values()) closeSync(descriptor);
    this.descriptors.clear();
    return Promise.resolve();
  }
}
