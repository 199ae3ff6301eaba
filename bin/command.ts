import { CodedRefusal } from '../lib/contract/coded-refusal';

/** One word of the command line. */
export interface Command {
  /** One line for `--help`. */
  readonly summary: string;
  /** Runs it with what follows the word, and resolves to the exit code. */
  run(args: readonly string[]): number | Promise<number>;
}

/** Runs a command; a user's mistake is one line and exit code 2, never a stack trace. */
export async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  try {
    return await command.run(args);
  } catch (error) {
    if (!(error instanceof CodedRefusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
