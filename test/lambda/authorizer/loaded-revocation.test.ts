import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientCertificate } from '../../../lambda/authorizer/client-certificate';
import { LoadedRevocation } from '../../../lambda/authorizer/loaded-revocation';

const CERTIFICATE = {} as ClientCertificate;
const folder = mkdtempSync(join(tmpdir(), 'revocation-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file whose answer to every certificate is this expression. */
function revocation(name: string, answer: string): { readonly loaded: LoadedRevocation; readonly questions: () => number } {
  const file = join(folder, `${name}.js`);
  let questions = 0;
  const loaded = new LoadedRevocation(file, ({ revocationQuestion }) => {
    questions += 1;
    return revocationQuestion([], Date.now, () => undefined);
  });
  // Written afterwards, so that whoever loads it too early finds nothing.
  writeFileSync(file, `exports.revocationQuestion = () => (certificate, partner, excepted) => (${answer});`);
  return { loaded, questions: () => questions };
}

test('loads the file with the first certificate, and once', () => {
  const { loaded, questions } = revocation('sound', 'undefined');
  expect(questions()).toBe(0);
  for (let round = 0; round < 3; round += 1) expect(loaded.requireUnrevoked(CERTIFICATE, 'acme')).toBeUndefined();
  expect(questions()).toBe(1);
});

test('refuses for the reason that the file gives, at once or later', async () => {
  const fault = "{ reason: 'certificate_revoked' }";
  expect(() => revocation('now', fault).loaded.requireUnrevoked(CERTIFICATE, 'acme')).toThrow('certificate_revoked');
  await expect(revocation('later', `Promise.resolve(${fault})`).loaded.requireUnrevoked(CERTIFICATE, 'acme')).rejects.toThrow('certificate_revoked');
});

test('passes on whose client it is, and that it is excepted', () => {
  const { loaded } = revocation('excepted', "excepted && partner === 'acme' ? undefined : { reason: 'revocation_unknown', detail: 'no list is declared for its issuer' }");
  expect(loaded.requireUnrevoked(CERTIFICATE, 'acme', true)).toBeUndefined();
  for (const [partner, excepted] of [['acme', false], ['globex', true]] as const) expect(() => loaded.requireUnrevoked(CERTIFICATE, partner, excepted)).toThrow('revocation_unknown');
});
