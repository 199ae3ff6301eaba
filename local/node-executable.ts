import { LocalRefusal } from './local-refusal';

const OLDEST_MAJOR = 22;

/**
 * The Node.js that handlers run on: the current one from 22 on, else an installed `node-<platform>-<arch>` package.
 *
 * @throws LocalRefusal where there is neither
 */
export function nodeExecutable(): string {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_MAJOR) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  try {
    return require.resolve(`${name}/bin/node`);
  } catch {
    throw new LocalRefusal('LOCAL_NODE', 'handlers run on Node.js 22 or newer', process.version, `\`npm install --save-dev ${name}@24\`, or run a newer Node.js`);
  }
}
