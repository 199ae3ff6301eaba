import { spawn, type ChildProcess } from 'node:child_process';
import { nodeExecutable } from './node-executable';

/** What a child process is started with. */
export interface ChildOptions {
  /** JavaScript file to run. */
  readonly entry: string;
  /** Module loaded before it. */
  readonly preload?: string;
  readonly env: { readonly [name: string]: string };
  readonly cwd?: string;
  /** Takes what the process writes to stdout and stderr: a function, or a file descriptor, which costs this process nothing. */
  readonly output?: ((text: string) => void) | number;
}

/** A Node.js process that speaks JSON over IPC and ends with its parent. */
export class Child {
  private readonly process: ChildProcess;
  private ended = false;

  constructor(options: ChildOptions) {
    const preload = options.preload === undefined ? [] : ['--require', options.preload];
    const { output } = options;
    const sink = typeof output === 'number' ? output : 'pipe';
    this.process = spawn(nodeExecutable(), [...preload, options.entry], { env: { ...options.env }, cwd: options.cwd, stdio: ['ignore', sink, sink, 'ipc'] });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => { if (typeof output === 'function') output(text); });
    }
    this.process.once('exit', () => { this.ended = true; });
    // A message to a process that just died; its exit is what callers wait for.
    this.process.on('error', () => undefined);
  }

  public send(message: object): void {
    if (this.process.connected) this.process.send(message, ignored);
  }

  public onMessage(listener: (message: unknown) => void): void {
    this.process.on('message', listener);
  }

  public onExit(listener: (code: number | null) => void): void {
    this.process.once('exit', listener);
  }

  /** Sends one message and waits for the first answer. @throws Error where the process ends instead */
  public ask<Answer>(message: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.process.once('message', (answer) => { resolve(answer as Answer); });
      this.process.once('exit', (code) => { reject(new Error(`child process ended with ${code ?? 'a signal'} before it answered`)); });
      this.send(message);
    });
  }

  /** Ends the process and waits until it is gone. */
  public async end(): Promise<void> {
    if (this.ended) return;
    await new Promise<void>((resolve) => {
      this.process.once('exit', () => { resolve(); });
      this.process.kill('SIGKILL');
    });
  }
}

function ignored(): void {
  // What became of a message is seen by its answer, or by the end of the process.
}
