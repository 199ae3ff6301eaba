import type { SignatureAlgorithm } from '../../runtime/verification-key';
import { handler, path, raw } from './pattern';
import { peerHandlers, peers } from './peers';
import { timed, type Contest } from './subject';

const ALGORITHMS: readonly SignatureAlgorithm[] = ['RS256', 'ES256', 'EdDSA', 'PS256'];

async function contests(): Promise<readonly Contest[]> {
  const exchanges = ALGORITHMS.map(async (alg) => ({ name: `${alg} to ES256`, subjects: [raw(alg), path(alg), ...await peers(alg)] }));
  return [...await Promise.all(exchanges), { name: 'whole warm handler', subjects: [raw('RS256'), handler('RS256'), ...await peerHandlers('RS256')] }];
}

async function main(): Promise<void> {
  const wanted = process.argv[2];
  for (const { name, subjects } of await contests()) {
    if (wanted === undefined || name.includes(wanted)) process.stdout.write(`${JSON.stringify({ name, seconds: await timed(subjects) })}\n`);
  }
}
void main();
