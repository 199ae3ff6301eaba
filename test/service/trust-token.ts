import type { TrustTokenVerifierOptions } from '../../service/trust-token-verifier';
import { keySource, signed, type SignOptions } from '../lambda/fixtures/issuer';

export const NOW = 1_800_000_000;

export const CLAIMS = {
  iss: 'https://api.test.bank.example', aud: 'test.bank.example', iat: NOW - 1, exp: NOW + 59, txn: '97053963', sub: 'user-1',
  scope: 'accounts.read', req_wl: 'gateway.public.test.bank.example',
  rctx: { req_ip: '198.51.100.7', authn: 'urn:ietf:rfc:6749', client_id: 'web-app', consumer: 'Web', client_type: 'browser', subject_type: 'user' },
  tctx: { environment: 'Test', security_domain: 'public', group: 'accounts', service: 'accounts-api', operation: 'getAccount', method: 'GET', resource: '/accounts/{id}' },
};

export const OPTIONS: TrustTokenVerifierOptions = {
  trustDomain: 'test.bank.example', issuer: 'https://api.test.bank.example', group: 'accounts', keys: keySource(), clock: () => NOW * 1000,
};

export function trustToken(claims: object = {}, options: SignOptions = {}): string {
  return signed({ ...CLAIMS, ...claims }, { alg: 'ES256', ...options, header: { typ: 'txntoken+jwt', ...options.header } });
}
