import { DependencyFailure } from '../../runtime/dependency-failure';
import { Refreshed } from '../../runtime/refreshed';

/** A source that counts its loads and answers when tests let it, on a clock that tests move. */
function source() {
  const state = { now: 0, loads: 0, broken: false, slow: false, failures: 0, answer: [] as (() => void)[] };
  const refreshed = new Refreshed('source', async () => {
    const load = state.loads += 1;
    await (state.slow ? new Promise<void>((resolve) => { state.answer.push(resolve); }) : Promise.resolve());
    if (state.broken) {
      throw new Error('secret detail');
    }
    return load;
  }, { freshSeconds: 10, staleSeconds: 60, retrySeconds: 1 }, () => state.now * 1000, () => { state.failures += 1; });
  return { state, refreshed };
}

/** Lets whatever needs no more than promises come to its end. */
const settle = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
const PENDING = Symbol('pending');
/** What a promise holds now, or that a caller would wait for it. */
const now = <T>(promise: Promise<T>): Promise<unknown> => Promise.race([promise, settle().then(() => PENDING)]);

const unhandled = jest.fn();
beforeAll(() => { process.on('unhandledRejection', unhandled); });
afterEach(async () => {
  await settle();
  expect(unhandled).not.toHaveBeenCalled();
});
afterAll(() => { process.off('unhandledRejection', unhandled); });

test('loads once for all who wait', async () => {
  const { state, refreshed } = source();
  expect(await Promise.all([refreshed.value(), refreshed.value(), refreshed.value()])).toEqual([1, 1, 1]);
  state.now = 7.9;
  expect([refreshed.fresh(), await refreshed.value(), state.loads]).toEqual([1, 1, 1]);
});

test('loads ahead of time while everybody is served from memory', async () => {
  const { state, refreshed } = source();
  await refreshed.value();
  state.slow = true;
  state.now = 8;
  expect(refreshed.fresh()).toBeUndefined();
  expect(await now(Promise.all([refreshed.value(), refreshed.value(), refreshed.value()]))).toEqual([1, 1, 1]);
  expect(state.loads).toBe(2);
  state.answer.forEach((answer) => { answer(); });
  await settle();
  expect([refreshed.fresh(), state.loads]).toEqual([2, 2]);
});

test('does not use what may have been withdrawn while nobody asked', async () => {
  const { state, refreshed } = source();
  await refreshed.value();
  state.now = 10;
  state.slow = true;
  const waiting = refreshed.value();
  expect(await now(waiting)).toBe(PENDING);
  state.answer[0]!();
  expect(await waiting).toBe(2);
});

test('serves at once through an outage of a source that does not even answer, retries in the background, and ends at the bound', async () => {
  const { state, refreshed } = source();
  await refreshed.value();
  Object.assign(state, { slow: true, broken: true, now: 8 });
  for (; state.now < 60; state.now += 0.5) {
    expect(await now(refreshed.value())).toBe(1);
    // The source gives up after three seconds, as a timeout does.
    if (state.now % 3 === 0) {
      state.answer.splice(0).forEach((answer) => { answer(); });
      await settle();
    }
  }
  expect(state.loads).toBeGreaterThan(5);
  expect(state.loads).toBeLessThanOrEqual(1 + Math.ceil(52 / 5));
  const waiting = refreshed.value();
  state.answer.splice(0).forEach((answer) => { answer(); });
  await expect(waiting).rejects.toThrow(DependencyFailure);
});

test('recovers by the first load that succeeds', async () => {
  const { state, refreshed } = source();
  await refreshed.value();
  Object.assign(state, { broken: true, now: 8 });
  await refreshed.value();
  await settle();
  Object.assign(state, { broken: false, now: 13 });
  expect(await refreshed.value()).toBe(1);
  await settle();
  expect(refreshed.fresh()).toBe(3);
});

test('fails closed beyond the bound, and asks again a second later', async () => {
  const { state, refreshed } = source();
  await refreshed.value();
  Object.assign(state, { broken: true, now: 60 });
  await expect(refreshed.value()).rejects.toThrow('source: unexpected error');
  await expect(refreshed.value()).rejects.toThrow('failed a moment ago');
  expect([state.loads, state.failures]).toEqual([2, 1]);
  Object.assign(state, { broken: false, now: 61 });
  expect(await refreshed.value()).toBe(3);
});

test('uses what it holds where the first load after idleness fails', async () => {
  const { state, refreshed } = source();
  await refreshed.value();
  Object.assign(state, { broken: true, now: 59.9 });
  expect(await refreshed.value()).toBe(1);
  state.now = 60;
  await expect(refreshed.value()).rejects.toThrow(DependencyFailure);
});

test('takes a load that was suspended with its process for no failure of the source', async () => {
  const { state, refreshed } = source();
  await refreshed.value();
  Object.assign(state, { slow: true, now: 8 });
  expect(await refreshed.value()).toBe(1);
  // The process is frozen for half an hour; its timeout then ends the load, and the next caller must not pay for it.
  Object.assign(state, { now: 50, slow: false });
  expect(await refreshed.value()).toBe(3);
  state.broken = true;
  state.answer[0]!();
  await settle();
  expect([refreshed.fresh(), state.loads, state.failures]).toEqual([3, 3, 0]);
});

test('keeps the later of two loads, whichever ends first, at the age of its beginning', async () => {
  const { state, refreshed } = source();
  await refreshed.value();
  Object.assign(state, { slow: true, now: 8 });
  expect(await refreshed.value()).toBe(1);
  Object.assign(state, { now: 30, slow: false });
  expect(await refreshed.value()).toBe(3);
  state.answer[0]!();
  await settle();
  expect(refreshed.fresh()).toBe(3);
});

test('ages what a suspended load brought by when it was asked for', async () => {
  const { state, refreshed } = source();
  state.slow = true;
  const first = refreshed.value();
  state.now = 9;
  state.answer[0]!();
  expect(await first).toBe(1);
  expect(refreshed.fresh()).toBeUndefined();
});

test('renews early, and not more often than the pause', async () => {
  const { state, refreshed } = source();
  await refreshed.value();
  state.now = 4;
  expect(await refreshed.renewed(5)).toBe(1);
  state.now = 5;
  expect(await Promise.all([refreshed.renewed(5), refreshed.renewed(5)])).toEqual([2, 2]);
  expect(await refreshed.renewed(5)).toBe(2);
});

test('keeps what it holds when renewing fails', async () => {
  const { state, refreshed } = source();
  await refreshed.value();
  Object.assign(state, { broken: true, now: 5 });
  expect(await refreshed.renewed(5)).toBe(1);
  expect(state.failures).toBe(1);
});

test('outlives a failing record of a failure that nobody waits for', async () => {
  const state = { now: 0, broken: false };
  const refreshed = new Refreshed('source', async () => {
    if (state.broken) {
      throw new Error('down');
    }
    return 1;
  }, { freshSeconds: 10, staleSeconds: 60, retrySeconds: 1 }, () => state.now * 1000, () => { throw new Error('EPIPE'); });
  await refreshed.value();
  Object.assign(state, { broken: true, now: 8 });
  expect(await refreshed.value()).toBe(1);
});
