import { ClientCertificate, Consumer, ProofOfPossession, SecurityDomain } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const certificates = [ClientCertificate.bySubject('CN=acme')];

test('refuses a partner that proves possession of another key than its certificate has', () => {
  expect(refusalOf(() => SecurityDomain.partner({ consumers: [Consumer.system('acme', { certificates, proofOfPossession: ProofOfPossession.DPOP })] }))).toBe(
    "PARTNER_PROOF: a consumer of a partner domain proves possession of the key of its certificate, and of no other, got DPoP for 'acme'; write no proofOfPossession: its access tokens are bound to its certificate (RFC 8705)",
  );
});

test('accepts partners by their certificates, and other consumers with proofs', () => {
  SecurityDomain.partner({ consumers: [Consumer.system('acme', { certificates })] });
  SecurityDomain.internal({ consumers: [Consumer.system('acme', { proofOfPossession: ProofOfPossession.DPOP })] });
});
