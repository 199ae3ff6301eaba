import type { SignatureAlgorithm } from '../../runtime/verification-key';
import { handler, path, raw } from './pattern';
import { peerHandlers, peers } from './peers';
import { timed, type Contest } from './subject';

const ALGORITHMS: readonly SignatureAlgorithm[] = ['RS256', 'ES256', 'EdDSA', 'PS256'];

async function contests(): Promise<readonly Contest[]> {
  const exchanges = ALGORITHMS.map(async (alg) => ({ name: `${alg} to ES256`, subjects: [raw(alg), path(alg), ...await peers(alg)] }));
  return [...await Promise.all(exchanges), { name: 'whole warm handler', subjects: [raw('RS256'), handler('RS256'), ...await peerHandlers('RS256')] }];
}

/** Runs the contest that the command line names. */
async function main(): Promise<void> {
  const { name, subjects } = (await contests()).find((contest) => contest.name === process.argv[2]) ?? { name: '', subjects: [] };
  process.stdout.write(JSON.stringify({ name, seconds: await timed(subjects) }));
}
void main();
