import { CertificateRevocation, TrustStore } from '../../lib';
import { certificateFile } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const message = (got: string): string => `REVOCATION_LIST: each authority of a partner has a revocation list at an https URL on port 443 without user info or fragment, root and intermediate alike, got ${got}; write CertificateRevocation.crl(['https://pki.acme.example/root.crl']) with a URL for each authority`;
const URL = 'https://pki.acme.example/root.crl';

// Most authorities print http URLs into their certificates; over that anybody on the way could replay an older list.
test.each(['http://pki.acme.example/root.crl', 'https://pki.acme.example', 'https://pki.acme.example:8443/root.crl', 'https://user@pki.acme.example/root.crl', 'ldap://pki.acme.example/cn=crl', 'https://pki.acme.example/root.crl#a', ''])("refuses '%s'", (url) => {
  expect(refusalOf(() => CertificateRevocation.crl([url]))).toBe(message(`'${url}'`));
});

test.each([
  ['no list', 'ec-256', [], '0 for 1'],
  ['one list for a root and three intermediates', 'chain-of-4', [URL], '1 for 4'],
  ['one list twice', 'chain-of-4', [URL, URL, URL, URL], '1 for 4'],
])('refuses %s', (_, name, urls, got) => {
  expect(refusalOf(() => TrustStore.fromPem({ acme: certificateFile(name) }, { acme: CertificateRevocation.crl(urls) }))).toBe(message(`${got} of 'acme'`));
});

test('refuses lists of a partner that is not in the store', () => {
  expect(refusalOf(() => TrustStore.fromPem({ acme: certificateFile('ec-256') }, { globex: CertificateRevocation.crl([URL]) }))).toBe(message("lists of 'globex', which has no authorities"));
});

test('accepts a list for each authority', () => {
  const urls = ['root', 'one', 'two', 'three'].map((name) => `https://pki.acme.example/${name}.crl`);
  expect(TrustStore.fromPem({ acme: certificateFile('chain-of-4') }, { acme: CertificateRevocation.crl(urls) }).revocationOf('acme')?.urls).toEqual(urls);
});
