import { Introspection } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each(['', 'api gateway', 'gateway\n', 'é'])('refuses the client id %j', (clientId) => {
  expect(refusalOf(() => Introspection.at('https://id.bank.example/introspect', { clientId, clientSecretName: 'identity/introspection' }))).toBe(
    `INTROSPECTION_CLIENT: a client id is 1 to 256 visible ASCII characters, got '${clientId}'; write clientId: 'api-gateway'`,
  );
});
