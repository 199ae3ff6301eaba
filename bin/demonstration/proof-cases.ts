import type { RequestCase } from './request-case';

const PROVEN = { domain: 'public', client: 'mobile-bank', token: 'valid', certificate: 'none', method: 'GET', path: '/rates/interest', headers: {}, proof: 'own' } as const;

/** Requests of a client that proves possession of a key (DPoP, RFC 9449). */
export const PROOF_CASES: readonly RequestCase[] = [
  { ...PROVEN, title: 'bound token with its proof', expected: 200 },
  { ...PROVEN, title: 'bound token with its proof, with a query', expected: 200, path: '/rates/interest?product=savings' },
  { ...PROVEN, title: 'bound token without a proof', expected: 403, proof: 'none' },
  { ...PROVEN, title: 'bound token as bearer token', expected: 403, proof: 'as bearer' },
  { ...PROVEN, title: 'proof that was used before', expected: 403, proof: 'used' },
  { ...PROVEN, title: 'proof by another key', expected: 403, proof: 'of another key' },
  { ...PROVEN, title: 'proof for another URL', expected: 403, proof: 'for another URL' },
  { ...PROVEN, title: 'proof for another method', expected: 403, proof: 'for another method' },
  { ...PROVEN, title: 'proof for another token', expected: 403, proof: 'for another token' },
  { ...PROVEN, title: 'two proofs', expected: 403, proof: 'twice' },
  { ...PROVEN, title: 'opaque bound token with its proof', expected: 200, token: 'opaque' },
  { ...PROVEN, title: 'opaque bound token as bearer token', expected: 403, token: 'opaque', proof: 'as bearer' },
];
