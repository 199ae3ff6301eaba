import { DependencyFailure } from '../../runtime/dependency-failure';
import { Refreshed } from '../../runtime/refreshed';

/** A source that counts its loads, on a clock that tests move. */
function source() {
  const state = { now: 0, loads: 0, broken: false, failures: 0 };
  const refreshed = new Refreshed('source', async () => {
    state.loads += 1;
    await Promise.resolve();
    if (state.broken) {
      throw new Error('secret detail');
    }
    return state.loads;
  }, { freshSeconds: 10, staleSeconds: 60, retrySeconds: 2 }, () => state.now * 1000, () => { state.failures += 1; });
  return { state, refreshed };
}

test('loads once for all who wait, and again when the value is no longer fresh', async () => {
  const { state, refreshed } = source();
  expect(await Promise.all([refreshed.value(), refreshed.value(), refreshed.value()])).toEqual([1, 1, 1]);
  state.now = 9.9;
  expect(await refreshed.value()).toBe(1);
  state.now = 10;
  expect(await refreshed.value()).toBe(2);
});

test('uses what it holds through an outage, and not for longer than declared', async () => {
  const { state, refreshed } = source();
  await refreshed.value();
  state.broken = true;
  state.now = 59.9;
  expect(await refreshed.value()).toBe(1);
  state.now = 60;
  await expect(refreshed.value()).rejects.toThrow(DependencyFailure);
});

test('does not hammer a source that fails', async () => {
  const { state, refreshed } = source();
  state.broken = true;
  await expect(refreshed.value()).rejects.toThrow('source: unexpected error');
  await expect(refreshed.value()).rejects.toThrow('failed a moment ago');
  expect([state.loads, state.failures]).toEqual([1, 1]);
  state.now = 2;
  state.broken = false;
  expect(await refreshed.value()).toBe(2);
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
  state.now = 5;
  state.broken = true;
  expect(await refreshed.renewed(5)).toBe(1);
  expect(state.failures).toBe(1);
});
