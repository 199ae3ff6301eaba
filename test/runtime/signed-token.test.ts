import { verifySignedToken } from '../../runtime/signed-token';
import { keySource, signed } from '../lambda/fixtures/issuer';

const POLICY = { types: ['at+jwt'], algorithms: ['RS256', 'ES256'], maxLength: 2000 };
const verify = (token: string): Promise<unknown> => verifySignedToken(token, POLICY, keySource());

test('reads the claims of a genuine token', async () => {
  expect(await verify(signed({ sub: 'user-1' }))).toEqual({ sub: 'user-1' });
});

test('reads claims only after the signature holds', async () => {
  const [header, , signature] = signed({ sub: 'user-1' }).split('.');
  await expect(verify(`${header}.${Buffer.from('not json').toString('base64url')}.${signature}`)).rejects.toThrow('signature_invalid');
});

test('asks for no key on behalf of a header that is refused', async () => {
  const key = jest.fn();
  await expect(verifySignedToken(signed({}, { header: { jku: 'https://evil.example' } }), POLICY, { key })).rejects.toThrow('header_not_allowed');
  expect(key).not.toHaveBeenCalled();
});

test('refuses a signature cut short', async () => {
  await expect(verify(signed({}, { alg: 'ES256' }))).resolves.toEqual({});
  await expect(verify(signed({}, { alg: 'ES256' }).slice(0, -6))).rejects.toThrow('signature_invalid');
});

test('refuses a key id above 256 characters', async () => {
  await expect(verify(signed({}, { header: { kid: 'x'.repeat(256) } }))).rejects.toThrow('key_unknown');
  await expect(verify(signed({}, { header: { kid: 'x'.repeat(257) } }))).rejects.toThrow('token_malformed');
});

test('judges a header that it has read before by the policy and the keys of the moment', async () => {
  const token = signed({ sub: 'user-1' });
  await expect(verify(token)).resolves.toBeDefined();
  await expect(verify(token)).resolves.toBeDefined();
  await expect(verifySignedToken(token, { ...POLICY, types: ['txntoken+jwt'] }, keySource())).rejects.toThrow('token_type');
  await expect(verifySignedToken(token, { ...POLICY, algorithms: ['ES256'] }, keySource())).rejects.toThrow('algorithm_not_allowed');
  await expect(verifySignedToken(token, POLICY, keySource([]))).rejects.toThrow('key_unknown');
  await expect(verifySignedToken(`${token.slice(0, -8)}AAAAAAAA`, POLICY, keySource())).rejects.toThrow('signature_invalid');
});
