import { GatewayRequest } from '../../../lambda/authorizer/gateway-request';
import { trustTokenClaims, type Grant } from '../../../lambda/authorizer/trust-token';
import { CONFIGURATION, NOW, requestEvent } from '../fixtures/authorizer';

const grant = (expiresAt: number): Grant => ({
  request: new GatewayRequest(requestEvent()),
  operation: Object.values(CONFIGURATION.operations)[0]!,
  client: CONFIGURATION.clients['web-app']!,
  token: { subject: 'user-1', clientId: 'web-app', scopes: new Set(['accounts.read', 'profile']), expiresAt },
  scopes: ['accounts.read'],
});

test.each([['its own', NOW + 200, NOW + 60], ["the access token's", NOW + 7, NOW + 7]])('lives no longer than %s life', (_title, accessExpiry, expiry) => {
  expect(trustTokenClaims(grant(accessExpiry), CONFIGURATION, 't', NOW).exp).toBe(expiry);
});

test('says no more scope than the operation needs', () => {
  expect(trustTokenClaims(grant(NOW + 200), CONFIGURATION, 't', NOW).scope).toBe('accounts.read');
});

test('leaves out what is not known', () => {
  const written = JSON.parse(JSON.stringify(trustTokenClaims(grant(NOW + 200), CONFIGURATION, 't', NOW))) as { rctx: object };
  expect(Object.keys(written.rctx)).toEqual(['req_ip', 'authn', 'client_id', 'consumer', 'client_type', 'subject_type']);
});
