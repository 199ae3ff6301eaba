import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the first call of a handler in a fresh process took. */
export interface FirstCall {
  readonly milliseconds: number;
  /** Modules of Node.js that the handler loaded, beside those of every process. */
  readonly modules: readonly string[];
}

const loaded = (): readonly string[] => (process as unknown as { moduleLoadList: string[] }).moduleLoadList.map((name) => name.replace(/^.* /, ''));

const folder = process.argv[2] ?? '';
const event: unknown = JSON.parse(readFileSync(join(folder, 'event.json'), 'utf8'));
const before = new Set(loaded());
const start = process.hrtime.bigint();
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { handler } = require(join(folder, 'index.js')) as { handler: (event: unknown, context: object) => Promise<{ context?: { trustToken?: string } }> };
void handler(event, { functionName: 'authorizer', awsRequestId: '1', invokedFunctionArn: '', memoryLimitInMB: '512' }).then(({ context }) => {
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (!context?.trustToken) throw new Error('no trust token');
  const modules = loaded().filter((name) => !before.has(name));
  process.stdout.write(`\n${JSON.stringify({ milliseconds, modules } satisfies FirstCall)}`);
  process.exit(0);
});
