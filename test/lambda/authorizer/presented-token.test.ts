import { presentedToken } from '../../../lambda/authorizer/presented-token';
import { GatewayRequest } from '../../../lambda/authorizer/gateway-request';
import { requestEvent } from '../fixtures/authorizer';

const token = (...Authorization: string[]): string => presentedToken(new GatewayRequest(requestEvent({ headers: { Authorization } }))).token;

test.each(['Bearer a.b.c', 'bearer a.b.c', 'BEARER   a.b.c'])('reads %j', (header) => {
  expect(token(header)).toBe('a.b.c');
});

test.each([['Bearer', 'bearer'], ['DPoP', 'dpop'], ['dpop', 'dpop']])('tells the scheme %s from the other', (scheme, expected) => {
  expect(presentedToken(new GatewayRequest(requestEvent({ headers: { Authorization: [`${scheme} a.b.c`] } })))).toEqual({ scheme: expected, token: 'a.b.c' });
});

test.each(['', 'Bearer', 'Bearer ', 'Bearera.b.c', 'Basic a.b.c', 'Bearer a.b.c, Bearer d.e.f', 'Bearer a b', ' Bearer a.b.c', 'Bearer  '])(
  'refuses %j', (header) => {
    expect(() => token(header)).toThrow('token_malformed');
  },
);

test('refuses none, two, and one too many characters', () => {
  expect(() => token()).toThrow('token_missing');
  expect(() => token('Bearer a', 'Bearer a')).toThrow('token_malformed');
  expect(token(`Bearer ${'a'.repeat(8192)}`)).toHaveLength(8192);
  expect(() => token(`Bearer ${'a'.repeat(8193)}`)).toThrow('token_too_large');
});
