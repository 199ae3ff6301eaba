import { Backend } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each(['http://accounts.bank.example', 'accounts.bank.example', 'https://accounts.bank.example?x=1', 'https://user@accounts.bank.example', 'https://'])('refuses the backend %s', (url) => {
  expect(refusalOf(() => Backend.https(url))).toBe(`API_BACKEND: a backend is reached over HTTPS, got '${url}'; write Backend.https('https://host/path')`);
});

test.each(['https://accounts.bank.example', 'https://accounts.{domainName}:8443/v1/'])('accepts the backend %s', (url) => {
  expect(Backend.https(url).url).toBe(url.replace(/\/$/, ''));
});
