import { ApiService } from '../../../lib';
import { Partition, partitions } from '../../../lib/declaration/partition';
import { apiService, get } from '../../fixtures/declaration';
import { numbers, operations, serviceWith } from '../../fixtures/growing-service';

function places(service: ApiService): Map<string, string> {
  return new Map(partitions(service).flatMap(({ api, routes }) => routes.map(({ operation, resource }) => [operation.id, `${api} ${resource}`])));
}

/** Resources as the platform counts them, by another way than the library: every prefix of every path. */
function resourcesOf({ routes }: Partition): number {
  const prefixes = routes.flatMap(({ resource }) => resource.split('/').map((_, end, segments) => segments.slice(0, end + 1).join('/')));
  return new Set([...prefixes, '']).size;
}

function moved(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...before].filter(([id, place]) => after.get(id) !== place).map(([id]) => id);
}

test('keeps a service that fits in one REST API, with its paths as they are', () => {
  const service = serviceWith([get('/'), get('/accounts'), get('/accounts/{id}')]);
  expect(partitions(service).map(({ api, routes }) => [api, routes.map(({ resource }) => resource)])).toEqual([['accounts', ['/', '/accounts', '/accounts/{id}']]]);
});

test('splits a larger service by first literal segment, which the API mapping strips from the path', () => {
  const service = serviceWith([get('/'), get('/cards'), get('/cards/{id}'), get('/loans/{id}'), get('/{tenant}/cards')], 3);
  expect(partitions(service).map(({ api, routes }) => [api, routes.map(({ resource }) => resource)])).toEqual([
    ['accounts', ['/', '/{tenant}/cards']],
    ['accounts/cards', ['/', '/{id}']],
    ['accounts/loans', ['/{id}']],
  ]);
});

test('gives every operation one place under one URL', () => {
  const service = serviceWith(operations(5000, 1));
  const parts = partitions(service);
  expect(parts.length).toBeGreaterThan(50);
  const urls = parts.flatMap(({ api, routes }) => routes.map(({ operation, resource }) => `${operation.method} /${api}${resource === '/' ? '' : resource}`));
  expect(urls.sort()).toEqual(service.operations.map(({ method, path }) => `${method} /accounts${path}`).sort());
});

test.each([10, 100, 300, 1000, 2500, 5000])('never exceeds the resource quota with %d operations', (count) => {
  for (const seed of [1, 2, 3]) {
    const parts = partitions(serviceWith(operations(count, seed)));
    expect(Math.max(...parts.map(resourcesOf))).toBeLessThanOrEqual(300);
    expect(new Set(parts.map(({ api }) => api)).size).toBe(parts.length);
  }
});

test.each([1, 2, 3, 4])('moves no operation while a service grows from 10 to 5000 operations (seed %d)', (seed) => {
  const grown = operations(5000, seed);
  let before = places(serviceWith(grown.slice(0, 10)));
  let splits = 0;
  for (const size of [20, 50, 100, 150, 200, 300, 500, 1000, 2000, 3000, 4000, 4999, 5000]) {
    const after = places(serviceWith(grown.slice(0, size)));
    const first = new Set([...before.values()].map((place) => place.split(' ')[0])).size === 1 && new Set([...after.values()].map((place) => place.split(' ')[0])).size > 1;
    if (first) splits += 1;
    else expect(moved(before, after)).toEqual([]);
    before = after;
  }
  expect(splits).toBe(1);
});

test.each([1, 2, 3])('does not depend on the order of the operations (seed %d)', (seed) => {
  const next = numbers(seed);
  const members = operations(1000, seed);
  const shuffled = members.map((operation) => ({ operation, at: next() })).sort((left, right) => left.at - right.at).map(({ operation }) => operation);
  expect(moved(places(serviceWith(members)), places(serviceWith(shuffled)))).toEqual([]);
});

test('moves no operation when one is removed from a service that stays too large for one REST API', () => {
  const members = operations(1000, 7);
  for (const removed of [0, 499, 999]) expect(moved(places(serviceWith(members.filter((_, index) => index !== removed))), places(serviceWith(members)))).toEqual([]);
});

test('partitions 5000 operations in a fraction of a second', () => {
  const service = serviceWith(operations(5000, 9));
  const started = performance.now();
  partitions(service);
  expect(performance.now() - started).toBeLessThan(500);
});

test('keeps segments that no mapping key can carry in the REST API of the base path', () => {
  const operations = Array.from({ length: 8 }, (_, index) => get(index < 4 ? `/cards/${index}` : `/cards:search-${index}`));
  expect(partitions(apiService({ operations, resourceQuota: 7 })).map(({ api, routes }) => [api, routes.length])).toEqual([['accounts', 4], ['accounts/cards', 4]]);
});
