import { RateWindow } from '../../../local/web-acl/rate-window';

let time = 0;
beforeEach(() => { time = 0; });

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html ("AWS WAF blocks additional requests [...] until the request rate falls below the limit")
test('counts what is in the window, and lets it slide', () => {
  const window = new RateWindow(60, 3, () => time);
  const counts = [0, 10_000, 20_000, 30_000, 60_000, 69_999, 70_000, 200_000].map((at) => {
    time = at;
    return window.count('a');
  });
  expect(counts).toEqual([1, 2, 3, 4, 4, 4, 4, 1]);
});

test('keeps whoever goes on above its limit there, for as long as it goes on', () => {
  const window = new RateWindow(60, 2, () => time);
  for (; time < 600_000; time += 1000) expect(window.count('a') > 2).toBe(time >= 2000);
});

test('bears a flood of one key', () => {
  const window = new RateWindow(300, 2000, () => time);
  const started = performance.now();
  for (let request = 0; request < 300_000; request += 1) window.count('a');
  expect(performance.now() - started).toBeLessThan(4000);
  expect((window as unknown as { arrivals: Map<string, { times: number[] }> }).arrivals.get('a')!.times.length).toBeLessThanOrEqual(2 * 2001 + 1);
});

test('bears a stream of one key below its limit, and counts all of the window', () => {
  const window = new RateWindow(300, 100_000_000, () => time);
  const started = performance.now();
  for (; time < 600_000; time += 1) window.count('a');
  expect(performance.now() - started).toBeLessThan(4000);
  expect(window.count('a')).toBe(300_000);
});

test('forgets keys that nobody uses any more', () => {
  const window = new RateWindow(60, 2, () => time);
  for (; time < 1_000_000; time += 1) window.count(`token ${time}`);
  expect(window.keys).toBeLessThanOrEqual(61_001);
});
