import { ApiKey, Consumer } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const apiKey = ApiKey.rotated();

test.each([['browser', Consumer.browser], ['native', Consumer.native], ['application', Consumer.application]])('refuses an API key in the hands of everybody who has a %s client', (kind, consumer) => {
  expect(refusalOf(() => consumer('web-bank', { apiKey }))).toBe(
    `API_KEY_CLIENT: an API key is a secret, which only a consumer that runs on a server can keep, got one for 'web-bank', which is of the kind '${kind}'; write Consumer.system or Consumer.trustedApplication, or leave apiKey out`,
  );
  consumer('web-bank');
});

test('accepts an API key of a server', () => {
  expect([Consumer.system('acme', { apiKey }), Consumer.trustedApplication('acme', { apiKey })].map((consumer) => consumer.apiKey)).toEqual([apiKey, apiKey]);
});
