import type { SignatureAlgorithm } from '../../runtime/verification-key';
import { handler, path, raw } from './pattern';
import { peerHandlers, peers } from './peers';
import { timed, type Contest } from './subject';

const ALGORITHMS: readonly SignatureAlgorithm[] = ['RS256', 'ES256', 'EdDSA', 'PS256'];

async function contests(): Promise<readonly Contest[]> {
  const exchanges = ALGORITHMS.map(async (alg) => ({ name: `${alg} to ES256`, subjects: [raw(alg), path(alg)], peers: await peers(alg) }));
  return [...await Promise.all(exchanges), { name: 'whole warm handler', subjects: [raw('RS256'), handler('RS256')], peers: await peerHandlers('RS256') }];
}

/** Lists who can be measured, or runs the contest that the command line names beside the one peer that it names. */
async function main([contest, opponent]: readonly string[]): Promise<void> {
  const all = await contests();
  if (contest === undefined) {
    process.stdout.write(JSON.stringify(all.map(({ name, peers: able }) => ({ name, peers: able.map((peer) => peer.name) }))));
    return;
  }
  const { subjects, peers: able } = all.find(({ name }) => name === contest) ?? { subjects: [], peers: [] };
  process.stdout.write(JSON.stringify(await timed([...subjects, ...able.filter(({ name }) => name === opponent)])));
}
void main(process.argv.slice(2));
