import { verifySignedToken } from '../../runtime/signed-token';
import { TokenSigner } from '../../runtime/token-signer';
import { keySource, KEYS } from '../lambda/fixtures/issuer';

const pem = (name: 'ec' | 'p384' | 'rsa'): string => KEYS[name].privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

test('signs what the published key verifies', async () => {
  const token = new TokenSigner(pem('ec'), 'ec', 'txntoken+jwt').sign({ sub: 'user-1' });
  const policy = { types: ['txntoken+jwt'], algorithms: ['ES256'], maxLength: 1000 };
  expect(await verifySignedToken(token, policy, keySource())).toEqual({ sub: 'user-1' });
});

test.each(['p384', 'rsa'] as const)('refuses a %s key', (name) => {
  expect(() => new TokenSigner(pem('ec'), 'k', 't')).not.toThrow();
  expect(() => new TokenSigner(pem(name), 'k', 't')).toThrow('P-256');
});
