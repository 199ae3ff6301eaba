const LAMBDA_MAJOR = 22;

/** The Node.js that handlers run on: the current one from 22 on, else the Node 24 of the `node24` workspace where it is installed. */
export function nodeExecutable(): string {
  if (Number(process.versions.node.split('.')[0]) >= LAMBDA_MAJOR) return process.execPath;
  try {
    return require.resolve(`node-${process.platform}-${process.arch}/bin/node`);
  } catch {
    return process.execPath;
  }
}
