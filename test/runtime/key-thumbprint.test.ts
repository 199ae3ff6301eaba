import { keyThumbprint } from '../../runtime/key-thumbprint';

test.each([
  ['RSA, RFC 7638 section 3.1', 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs', {
    kty: 'RSA', e: 'AQAB', alg: 'RS256', kid: '2011-04-29',
    n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  }],
  ['Ed25519, RFC 8037 appendix A.3', 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k', { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }],
  ['EC, RFC 9449 section 6.1', '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I', { kty: 'EC', x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs', y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA', crv: 'P-256' }],
])('computes the thumbprint of a key: %s', (_, thumbprint, jwk) => {
  expect(keyThumbprint(jwk)).toBe(thumbprint);
});

test.each([{}, { kty: 'oct', k: 'AA' }, { kty: 'constructor' }, { kty: 'EC', crv: 'P-256', x: 'a' }, { kty: 'EC', crv: 'P-256', x: 'a', y: 1 }, { kty: ['EC'] }])('knows no thumbprint of %j', (jwk) => {
  expect(keyThumbprint(jwk)).toBeUndefined();
});
