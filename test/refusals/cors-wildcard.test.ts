import { Cors } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each(['*', 'null', 'https://*.bank.example', 'http://app.bank.example', 'https://app.bank.example/', 'https://app.bank.example, https://evil.example'])('refuses the CORS origin %s', (origin) => {
  expect(refusalOf(() => Cors.origin(origin))).toBe(
    `CORS_WILDCARD: an API that needs authentication names its CORS origin exactly, over HTTPS, got '${origin}'; write Cors.origin('https://app.example')`,
  );
});

test.each(['https://app.bank.example', 'https://app.bank.example:8443', 'https://app.{domainName}'])('accepts the CORS origin %s', (origin) => {
  expect(Cors.origin(origin).allowedOrigin('bank.example')).toBe(origin.replace('{domainName}', 'bank.example'));
});
