import { PUBLISHED_KEY_SECONDS, SIGNING_KEY_SECONDS, type SigningKey } from '../../../lib/contract/signing-key';
import { TokenSigner } from '../../../runtime/token-signer';
import { EnvironmentUnderLoad, OVERLAP, type Weakness } from '../fixtures/environment-under-load';
import { STEPS } from '../fixtures/rotation-in-time';

jest.setTimeout(120_000);

let environment: EnvironmentUnderLoad | undefined;
async function started(weakness: Weakness = {}): Promise<EnvironmentUnderLoad> {
  environment = await EnvironmentUnderLoad.start(weakness);
  return environment;
}
afterEach(async () => {
  await environment?.stop();
  environment = undefined;
});

/** Until the last token of an old key has expired, and a little longer. */
const SETTLED = 2 * OVERLAP + 120;

test.each([0, 60])('a rotation with %d seconds between its steps loses no request, not even of an authorizer that cannot read the new key for fourteen minutes', async (pause) => {
  const load = await started();
  const old = load.signingKey().kid;
  load.isolate(830);
  await load.rotate('second', pause);
  expect(load.publishedKids()).toEqual(expect.arrayContaining([old, load.signingKey().kid]));
  await load.load(SETTLED);
  expect(load.lost).toEqual([]);
  expect(load.requests).toBeGreaterThan(1000);
  expect(load.signingKey().kid).not.toBe(old);
});

test('rotations in quick succession lose no request: the next one waits until the key of the last one signs', async () => {
  const load = await started();
  const kids = new Set([load.signingKey().kid]);
  for (const token of ['second', 'third', 'fourth']) {
    load.rotation.begin(token);
    for (const step of STEPS) {
      // Secrets Manager repeats a step that fails.
      while (await load.rotation.step(step, token).then(() => false, (error: Error) => error.message.includes('does not sign yet'))) await load.load(120);
      await load.load(15);
    }
    kids.add(load.signingKey().kid);
  }
  await load.load(SETTLED);
  expect(kids.size).toBe(4);
  expect(load.lost).toEqual([]);
});

test('a crash at any call of any step loses no request once the step is repeated', async () => {
  const load = await started();
  const token = load.rotation.begin('second');
  let crashes = 0;
  for (const step of STEPS) {
    for (const after of [false, true]) {
      for (let call = 1; await load.rotation.crashes(call, after, () => load.rotation.step(step, token)); call += 1) {
        crashes += 1;
        await load.load(30);
      }
    }
    await load.rotation.step(step, token);
  }
  await load.load(SETTLED);
  expect(crashes).toBeGreaterThan(20);
  expect(load.lost).toEqual([]);
});

test('steps that arrive twice, or after the rotation has ended, lose no request', async () => {
  const load = await started();
  const token = load.rotation.begin('second');
  for (const step of STEPS) {
    for (let time = 0; time < 3; time += 1) {
      await load.rotation.step(step, token);
      await load.load(30);
    }
  }
  const { kid } = load.signingKey();
  for (const step of STEPS) await load.rotation.step(step, token);
  expect(load.signingKey().kid).toBe(kid);
  await load.load(SETTLED);
  expect(load.lost).toEqual([]);
});

test.each(STEPS.slice(0, 3).map((step, index) => [step, index] as const))('a rotation that begins anew after %s of a pending one loses no request', async (_step, reached) => {
  const load = await started();
  load.rotation.begin('second');
  for (const step of STEPS.slice(0, reached + 1)) {
    await load.rotation.step(step, 'second');
    await load.load(60);
  }
  load.rotation.begin('third');
  for (const step of STEPS) {
    // A step of the rotation that was given up comes late.
    await expect(load.rotation.step(step, 'second')).rejects.toThrow();
    await load.rotation.step(step, 'third');
    await load.load(60);
  }
  await load.load(SETTLED);
  expect(load.lost).toEqual([]);
});

/** A rotation while one instance of each kind has just started, and another starts right after it: one has read the keys a moment too early. */
async function scaledOutAcross(load: EnvironmentUnderLoad): Promise<void> {
  load.scaleOut();
  await load.load(1);
  load.isolate(830);
  await load.rotate('second', 0);
  load.scaleOut();
  await load.load(SETTLED);
}

test('a rotation in the middle of scaling out loses no request', async () => {
  const load = await started();
  await scaledOutAcross(load);
  expect(load.lost).toEqual([]);
});

const WEAK: readonly (readonly [string, Weakness])[] = [
  ['no overlap', { overlapSeconds: 0 }],
  ['an overlap shorter than what authorizers may be behind', { overlapSeconds: 60 }],
  ['authorizers that sign with a new key at once', { signingKey: ({ notBefore: _, ...key }) => key }],
  ['an endpoint that publishes the current key only', { published: (keys) => keys.filter(({ exp }) => exp === undefined) }],
];
test.each(WEAK)('with %s, the same rotation loses requests', async (_title, weakness) => {
  const load = await started(weakness);
  await scaledOutAcross(load);
  expect(load.lost.length).toBeGreaterThan(0);
});

describe('a revoked key', () => {
  /** Seconds: what the endpoint and the services keep, and what authorizers keep. */
  const ACCEPTED_FOR = PUBLISHED_KEY_SECONDS.served + PUBLISHED_KEY_SECONDS.fresh;
  const REFUSED_FOR = SIGNING_KEY_SECONDS.fresh;
  const EVENT = { action: 'revoke', reason: 'INC-1: the key was in a dump' };

  /** A token that somebody signs with a key that leaked. */
  function forged(load: EnvironmentUnderLoad, { privateKey, kid }: SigningKey): string {
    const [, payload = ''] = load.lastToken.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    return new TokenSigner(privateKey, kid, 'txntoken+jwt').sign({ ...claims, sub: 'whoever-i-like', iat: load.now, exp: load.now + 300 });
  }

  test.each([
    ['between rotations', async () => undefined],
    ['while the next one is published and does not sign yet', (load: EnvironmentUnderLoad) => load.rotate('second', 60)],
    ['in the middle of a rotation', async (load: EnvironmentUnderLoad) => {
      load.rotation.begin('second');
      await load.rotation.step('createSecret', 'second');
      await load.rotation.step('setSecret', 'second');
      await load.load(60);
    }],
  ])('is refused by every service within a bounded time, %s, at the price of requests lost in one minute', async (_title, before) => {
    const load = await started();
    const leaked = load.signingKey();
    await before(load);
    expect(await load.verdicts(forged(load, leaked))).toEqual(Array(4).fill('accepted'));
    const at = load.now;
    const published = load.publishedKids();
    expect(await load.rotation.invoke(EVENT)).toEqual({ revoked: published, current: load.signingKey().kid });
    expect(load.publishedKids()).toEqual([load.signingKey().kid]);
    // Honest about the bound: a service that read the keys a moment ago goes on for a while.
    expect(await load.verdicts(forged(load, leaked))).toContain('accepted');
    await load.load(ACCEPTED_FOR);
    expect(await load.verdicts(forged(load, leaked))).toEqual(Array(4).fill('key_unknown'));
    await load.load(SETTLED);
    expect(await load.verdicts(forged(load, leaked))).toEqual(Array(4).fill('key_unknown'));
    expect(load.lost.filter((loss) => loss.at < at || loss.issued > at + REFUSED_FOR)).toEqual([]);
    expect(load.rotation.lines.filter((line) => line.includes('key-revocation')).map((line) => JSON.parse(line) as object)).toEqual([
      { type: 'key-revocation', outcome: 'requested', reason: EVENT.reason },
      { type: 'key-revocation', outcome: 'done', reason: EVENT.reason, revoked: published, current: load.signingKey().kid },
    ]);
  });

  test('is replaced by rotations again, and a pending rotation that read it is over', async () => {
    const load = await started();
    load.rotation.begin('second');
    await load.rotation.step('createSecret', 'second');
    await load.rotation.invoke(EVENT);
    await expect(load.rotation.step('setSecret', 'second')).rejects.toThrow('no such version');
    await load.load(REFUSED_FOR + ACCEPTED_FOR);
    const lost = load.lost.length;
    await load.rotate('third', 0);
    await load.load(SETTLED);
    expect(load.lost.slice(lost)).toEqual([]);
  });

  test('would be accepted until its overlap has passed twice after an ordinary rotation', async () => {
    const load = await started();
    const leaked = load.signingKey();
    await load.rotate('second', 0);
    await load.load(2 * OVERLAP - 300);
    expect(await load.verdicts(forged(load, leaked))).toEqual(Array(4).fill('accepted'));
  });

  test('leaves tokens signed by a published key wherever the revocation crashes, and is revoked when it is done again', async () => {
    for (const after of [false, true]) {
      for (let call = 1; ; call += 1) {
        const load = await started();
        const leaked = load.signingKey().kid;
        const crashed = await load.rotation.crashes(call, after, () => load.rotation.invoke(EVENT));
        expect(load.publishedKids()).toContain(load.signingKey().kid);
        await load.rotation.invoke(EVENT);
        expect(load.publishedKids()).not.toContain(leaked);
        expect(load.publishedKids()).toEqual([load.signingKey().kid]);
        await load.stop();
        environment = undefined;
        if (!crashed) break;
      }
    }
  });

  test.each([{ action: 'revoke' }, { action: 'revoke', reason: 'short' }, { action: 'rotate', reason: 'INC-1: the key was in a dump' }, { action: 'revoke', reason: 'two lines\n{"type":"x"}' }])('is left alone by the event %j', async (event) => {
    const load = await started();
    const { kid } = load.signingKey();
    await expect(load.rotation.invoke(event)).rejects.toThrow('a revocation is {"action":"revoke","reason":"…"}');
    expect(load.signingKey().kid).toBe(kid);
  });
});
