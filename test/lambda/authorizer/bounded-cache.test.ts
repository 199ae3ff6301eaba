import { BoundedCache } from '../../../lambda/authorizer/bounded-cache';

test('forgets at the time that was given', () => {
  const cache = new BoundedCache<string>(2);
  cache.set('a', 'A', 10);
  expect([cache.get('a', 9), cache.get('a', 10), cache.get('a', 9), cache.size]).toEqual(['A', undefined, undefined, 0]);
});

test('holds no more than it may, and lets go of what was not used', () => {
  const cache = new BoundedCache<number>(100);
  cache.set('used', 0, Infinity);
  for (let index = 1; index <= 10_000; index += 1) {
    cache.set(`token ${index}`, index, Infinity);
    expect(cache.get('used', 0)).toBe(0);
    expect(cache.size).toBeLessThanOrEqual(100);
  }
  expect([cache.get('token 1', 0), cache.get('token 9902', 0), cache.size]).toEqual([undefined, 9902, 100]);
});

test('replaces without displacing another', () => {
  const cache = new BoundedCache<string>(2);
  cache.set('a', 'A', 10);
  cache.set('b', 'B', 10);
  cache.set('b', 'C', 20);
  expect([cache.get('a', 0), cache.get('b', 15)]).toEqual(['A', 'C']);
});
