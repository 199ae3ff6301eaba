import { gunzipSync, gzipSync } from 'node:zlib';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import { AddressSet } from '../../../lambda/decoy-block/address-set';
import { BlockTable } from '../../../lambda/decoy-block/block-table';
import { Blocks } from '../../../lambda/decoy-block/blocks';
import { hitsOf, type Hit } from '../../../lambda/decoy-block/hits';
import { NeverBlocked } from '../../../lambda/decoy-block/never-blocked';
import { AddressSet as LocalSet } from '../../../local/web-acl/address-set';
import { DynamoDb } from '../../../local/peer/dynamo-db';
import { WebAclApi } from '../../../local/peer/web-acl-api';
import { loopbackServer } from '../../../local/loopback-server';

const ATTACKER = '198.51.100.66';
const VICTIM = '203.0.113.7';
const arn = (version: string): string => `arn:aws:wafv2:ap-southeast-2:111111111111:regional/ipset/${version}/1`;
const HIT = [{ name: 'awswaf:111111111111:webacl:Public:decoy:honeypot' }];

/** A record of a web ACL's log. */
const record = (clientIp: string, { labels = HIT, headers = [] as { name: string; value: string }[], ...more }: { labels?: unknown; headers?: { name: string; value: string }[]; uri?: string } = {}): string =>
  JSON.stringify({ webaclId: 'arn', labels, httpRequest: { clientIp, headers, uri: '/admin/users/export', ...more } });
const event = (...messages: string[]): CloudWatchLogsEvent => ({ awslogs: { data: gzipSync(JSON.stringify({ logEvents: messages.map((message) => ({ message })) })).toString('base64') } });
const forged = event(record(ATTACKER, { headers: [{ name: 'X-Forwarded-For', value: VICTIM }, { name: 'X-Real-IP', value: VICTIM }, { name: 'Forwarded', value: `for=${VICTIM}` }] }));

/** The same reading with the one difference that it believes a header. */
function weakenedHitsOf({ awslogs }: CloudWatchLogsEvent): Hit[] {
  const { logEvents } = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString()) as { logEvents: { message: string }[] };
  const believed = logEvents.map(({ message }) => {
    const { httpRequest: { headers, clientIp }, ...rest } = JSON.parse(message) as { httpRequest: { clientIp: string; headers: { name: string; value: string }[] } };
    return JSON.stringify({ ...rest, httpRequest: { clientIp: headers.find(({ name }) => name === 'X-Forwarded-For')?.value ?? clientIp } });
  });
  return hitsOf(event(...believed));
}

/** The handler against the local AWS services, at a time that the test sets. */
class Run {
  now = 1_800_000_000_000;
  readonly sets = new Map([[arn('v4'), new LocalSet([])], [arn('v6'), new LocalSet([])]]);
  readonly records: Record<string, unknown>[] = [];
  readonly api = new WebAclApi(this.sets);
  private readonly closers: (() => Promise<void>)[] = [];
  blocks!: Blocks;

  static async start(never: string[] = []): Promise<Run> {
    const run = new Run();
    const tables = new DynamoDb();
    tables.add('blocks', { partitionKey: 'range', timeToLive: 'blockedUntil' });
    const [dynamo, waf] = [await loopbackServer(tables.handle.bind(tables)), await loopbackServer(run.api.handle.bind(run.api))];
    run.closers.push(() => dynamo.close(), () => waf.close());
    const environment = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${dynamo.port}`, AWS_ENDPOINT_URL_WAFV2: `http://127.0.0.1:${waf.port}` };
    const clock = (): number => run.now;
    run.blocks = new Blocks({
      table: new BlockTable('arn:aws:dynamodb:ap-southeast-2:111111111111:table/blocks', environment, clock),
      sets: { ipv4: new AddressSet(arn('v4'), environment, clock), ipv6: new AddressSet(arn('v6'), environment, clock) },
      never: new NeverBlocked(never), blockSeconds: 3600, clock, record: (line) => run.records.push(line as Record<string, unknown>),
    });
    return run;
  }

  async take(hits: readonly Hit[]): Promise<void> {
    await this.blocks.take(hits);
    await this.blocks.settle();
  }

  blocked(address: string): boolean {
    return [...this.sets.values()].some((set) => set.has(address));
  }

  async stop(): Promise<void> {
    await Promise.all(this.closers.map((close) => close()));
  }
}

let run: Run;
afterEach(() => run.stop());

test('blocks whom a forged header names where the header is believed, and the one who forged it here', async () => {
  run = await Run.start();
  await run.take(weakenedHitsOf(forged));
  expect([run.blocked(VICTIM), run.blocked(ATTACKER)]).toEqual([true, false]);
  await run.stop();
  run = await Run.start();
  await run.take(hitsOf(forged));
  expect([run.blocked(VICTIM), run.blocked(ATTACKER)]).toEqual([false, true]);
});

test('lets an address in again when its time is over, and counts from its last hit', async () => {
  run = await Run.start();
  await run.take([{ decoy: 'honeypot', sourceIp: ATTACKER }]);
  run.now += 3_000_000;
  await run.take([{ decoy: 'honeypot', sourceIp: ATTACKER }]);
  run.now += 3_000_000;
  await run.blocks.settle();
  expect(run.blocked(ATTACKER)).toBe(true);
  run.now += 600_000;
  await run.blocks.settle();
  expect(run.blocked(ATTACKER)).toBe(false);
});

test('spares what is declared, own networks, and what is no address of the internet', async () => {
  run = await Run.start(['203.0.113.0/24', '2001:db8:1:2::5/128']);
  await run.take([VICTIM, '10.0.0.1', '127.0.0.1', '2001:db8:1:2::9', '::1', '::ffff:198.51.100.1', 'unknown', ''].map((sourceIp) => ({ decoy: 'canary', sourceIp })));
  expect([...run.sets.values()].flatMap(({ ranges }) => ranges)).toEqual([]);
  expect(new Set(run.records.map(({ outcome }) => outcome))).toEqual(new Set(['spared']));
});

test('blocks the whole network of an IPv6 subscriber, and not the one beside it', async () => {
  run = await Run.start();
  await run.take([{ decoy: 'honeypot', sourceIp: '2001:db8:1:2:3:4:5:6' }]);
  expect([run.blocked('2001:db8:1:2::1'), run.blocked('2001:db8:1:3::1')]).toEqual([true, false]);
});

test('holds the latest thousand', async () => {
  run = await Run.start();
  await run.blocks.take([{ decoy: 'honeypot', sourceIp: ATTACKER }]);
  run.now += 1000;
  await run.take(Array.from({ length: 1000 }, (_, index) => ({ decoy: 'honeypot', sourceIp: `198.18.${index >> 8}.${index & 255}` })));
  expect([run.sets.get(arn('v4'))?.ranges.length, run.blocked(ATTACKER)]).toEqual([1000, false]);
});

test('writes again what another writer changed meanwhile', async () => {
  run = await Run.start();
  const set = run.sets.get(arn('v4'))!;
  const replace = set.replace.bind(set);
  let writes = 0;
  jest.spyOn(set, 'replace').mockImplementation((ranges) => { writes += 1; replace(ranges); });
  await Promise.all([run.take([{ decoy: 'honeypot', sourceIp: ATTACKER }]), run.take([{ decoy: 'honeypot', sourceIp: '198.51.100.67' }])]);
  expect([run.blocked(ATTACKER), run.blocked('198.51.100.67'), writes > 0]).toEqual([true, true, true]);
});

test.each<[string, string]>([
  ['a label that stands in a header', record(VICTIM, { labels: [], headers: [{ name: 'user-agent', value: 'awswaf:111111111111:webacl:Public:decoy:honeypot' }] })],
  ['a label that stands in the path', record(VICTIM, { labels: undefined, uri: '/decoy:honeypot' }).replace(JSON.stringify(HIT), '[]')],
  ['a label of a managed rule', record(VICTIM, { labels: [{ name: 'awswaf:managed:aws:decoy:honeypot' }] })],
  ['a label of a rule that says something else', record(VICTIM, { labels: [{ name: 'awswaf:111111111111:webacl:Public:x:decoy:honeypot' }] })],
  ['what is no record', '"decoy:honeypot"'],
  ['what is no JSON', 'decoy:honeypot {'],
])('takes %s for no hit', (_, message) => {
  expect(hitsOf(event(message))).toEqual([]);
});

test('takes a scheduled event for no hit', () => {
  expect(hitsOf({})).toEqual([]);
});
