import { authenticationParameters } from '../../../lambda/authorizer/authentication';
import { accessToken, CONFIGURATION, decide, NOW } from '../fixtures/authorizer';

const [[key, operation]] = Object.entries(CONFIGURATION.operations) as [[string, (typeof CONFIGURATION.operations)[string]]];
const asking = (authentication: object) => ({ operations: { [key]: { ...operation, authentication } } });

test.each([
  [{ acrValues: ['urn:bank:mfa', 'urn:bank:hwk'] }, ', error_description="A different authentication of the user is required", acr_values="urn:bank:mfa urn:bank:hwk"'],
  [{ maxAgeSeconds: 300 }, ', error_description="A different authentication of the user is required", max_age="300"'],
  [{ methods: ['otp', 'hwk'] }, ', error_description="The user must authenticate with otp and hwk"'],
  [{ acrValues: ['a'], methods: ['otp'], maxAgeSeconds: 5 }, ', error_description="The user must authenticate with otp", acr_values="a", max_age="5"'],
])('challenges for %j as RFC 9470 writes it', (policy, parameters) => {
  expect(authenticationParameters(policy)).toBe(parameters);
});

test('challenges a weak authentication, and lets the client that follows the challenge through', async () => {
  const configuration = asking({ acrValues: ['urn:bank:mfa'], maxAgeSeconds: 300 });
  const { status, result, records } = await decide({ configuration, token: accessToken({ acr: 'urn:bank:password', auth_time: NOW }) });
  const challenge = String(result?.context?.challenge);
  expect({ status, challenge, reason: records.at(-1)?.reason, consumer: result?.context?.consumer }).toEqual({
    status: 403,
    challenge: 'Bearer error="insufficient_user_authentication", error_description="A different authentication of the user is required", acr_values="urn:bank:mfa", max_age="300"',
    reason: 'authentication_insufficient',
    consumer: 'Web',
  });
  const acr = /acr_values="([^"]*)"/.exec(challenge)?.[1]?.split(' ')[0];
  expect((await decide({ configuration, token: accessToken({ acr, auth_time: NOW }) })).status).toBe(200);
});

test('asks nothing of a token where the operation asks for nothing', async () => {
  expect((await decide({ token: accessToken({ acr: undefined, amr: undefined, auth_time: undefined }) })).status).toBe(200);
});

test.each([{}, { acr_values: ['urn:bank:mfa'] }, { maxAge: 300 }])('lets nobody through where %j asks for nothing that it understands', async (policy) => {
  expect((await decide({ configuration: asking(policy), token: accessToken({ acr: 'urn:bank:mfa', auth_time: NOW }) })).status).toBe(403);
});
