import { join } from 'path';
import { leastTimes, Subject } from './measurement';
import { atMost, Result } from './result';

const APPS = join(__dirname, 'apps');
const WITHOUT_VALIDATION = { CDK_VALIDATION: 'false' };
/** Operations of a group, and how many times an empty app it may take. */
const SIZES: readonly (readonly [number, number])[] = [[10, 3.5], [100, 4], [1000, 5], [5000, 15]];

/** Synthesis of one group, beside an empty app and the closest published patterns; validation and packs off in all. */
export function groups(): Result[] {
  const empty = { name: 'empty app', script: join(APPS, 'empty.js'), environment: WITHOUT_VALIDATION };
  const peer = { name: 'aws-solutions-constructs OpenAPI + web ACL, 10 operations', script: join(APPS, 'solutions-constructs.js'), environment: { ...WITHOUT_VALIDATION, OPERATIONS: '10' } };
  const sizes = SIZES.map(([count]): Subject => ({ name: sizeName(count), script: join(APPS, 'group.js'), environment: { ...WITHOUT_VALIDATION, OPERATIONS: `${count}` } }));
  const times = leastTimes([empty, peer, ...sizes], 15);
  const seconds = (name: string): number => times.get(name) ?? Number.NaN;
  const peers = Object.fromEntries(times);
  return [
    ...SIZES.map(([count, goal]) => atMost(`${sizeName(count)} / empty app`, seconds(sizeName(count)) / seconds(empty.name), goal, peers)),
    atMost('exponent from 1,000 to 5,000 operations', exponent(seconds), 1.15, peers),
    atMost('10 operations / aws-solutions-constructs', seconds(sizeName(10)) / seconds(peer.name), 1.25, peers),
  ];
}

/** The reference deployment, beside an empty app with the same validation and packs. */
export function referenceDeployment(): Result[] {
  const empty = { name: 'empty app', script: join(APPS, 'empty.js'), environment: { PACKS: '1' } };
  const reference = { name: 'reference deployment', script: join(__dirname, '..', 'bin', 'reference.js') };
  const times = leastTimes([empty, reference], 5);
  return [atMost('reference deployment / empty app, validation and packs', (times.get(reference.name) ?? Number.NaN) / (times.get(empty.name) ?? Number.NaN), 6, Object.fromEntries(times))];
}

function sizeName(count: number): string {
  return `group of ${count} operations`;
}

/** Growth of what the operations themselves cost: the time of a group of ten, which is the fixed part, is taken off. */
function exponent(seconds: (name: string) => number): number {
  const [fixed, thousand, fiveThousand] = [10, 1000, 5000].map((count) => seconds(sizeName(count)));
  return Math.log(((fiveThousand ?? 0) - (fixed ?? 0)) / ((thousand ?? 0) - (fixed ?? 0))) / Math.log(5);
}
