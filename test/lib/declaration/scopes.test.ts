import { Scopes } from '../../../lib';

test('demands all of a list, any of a list, or one of several lists', () => {
  expect(Scopes.allOf('read', 'write').alternatives).toEqual([['read', 'write']]);
  expect(Scopes.anyOf('read', 'write').alternatives).toEqual([['read'], ['write']]);
  expect(Scopes.anyOfAll(['pay', 'sign'], ['admin']).alternatives).toEqual([['pay', 'sign'], ['admin']]);
});

test('names every scope once', () => {
  expect(Scopes.anyOfAll(['sign', 'pay'], ['admin', 'pay']).names).toEqual(['admin', 'pay', 'sign']);
});

test('knows when it demands nothing, in full or by one alternative', () => {
  expect([Scopes.allOf(), Scopes.anyOf(), Scopes.anyOfAll(['a'], []), Scopes.allOf('a')].map(({ isEmpty }) => isEmpty)).toEqual([true, true, true, false]);
});
