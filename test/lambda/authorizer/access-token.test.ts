import { verifyAccessToken } from '../../../lambda/authorizer/access-token';
import { accessToken, CONFIGURATION, NOW } from '../fixtures/authorizer';
import { keySource } from '../fixtures/issuer';

const verified = (claims: object) => verifyAccessToken(accessToken(claims), CONFIGURATION.accessToken, keySource(), NOW);

test('tells what the token says', async () => {
  expect(await verified({ acr: 'high', amr: ['otp'], auth_time: NOW, cnf: { 'x5t#S256': 'abc' } })).toEqual({
    subject: 'user-1', clientId: 'web-app', scopes: new Set(['accounts.read', 'profile']), expiresAt: NOW + 200,
    acr: 'high', amr: ['otp'], authTime: NOW, boundCertificate: 'abc',
  });
  expect(await verified({ cnf: { jkt: 'def' } })).toMatchObject({ boundCertificate: undefined, boundKey: 'def' });
  expect(await verified({ cnf: { 'x5t#S256': 'abc', jkt: 'def' } })).toMatchObject({ boundCertificate: 'abc', boundKey: 'def' });
});

test.each([
  ['a confirmation that nobody understands', { cnf: { 'x5t#S256': 'abc', kid: 'x' } }, { cnf: { 'x5t#S256': 'abc' } }],
  ['a confirmation by a key of no name', { cnf: { jkt: '' } }, { cnf: { jkt: 'x' } }],
  ['a confirmation of none', { cnf: {} }, {}],
  ['a confirmation that is a text', { cnf: 'abc' }, {}],
  ['an authentication level that is a number', { acr: 1 }, { acr: '1' }],
  ['authentication methods that are a text', { amr: 'otp' }, { amr: ['otp'] }],
])('refuses %s', async (_title, flawed, sound) => {
  await expect(verified(sound)).resolves.toBeDefined();
  await expect(verified(flawed)).rejects.toThrow('claims_invalid');
});
