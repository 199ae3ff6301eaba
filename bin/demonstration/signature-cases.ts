import type { RequestCase } from './request-case';

const BATCH = {
  domain: 'partner', token: 'valid', certificate: 'own', method: 'POST', path: '/batches/submissions', scope: 'settlement:submit',
  headers: { 'content-type': 'application/json', 'x-protective-marking': 'VER=2018.6, NS=gov.au, SEC=PROTECTED' },
  body: JSON.stringify({ payments: [{ reference: 'INV-2027-01', value: '250.00' }] }), signature: 'own',
} as const;

/** Requests that their consumer signs beside its access token, certificate and API key (RFC 9421). */
export const SIGNATURE_CASES: readonly RequestCase[] = [
  { ...BATCH, title: 'signed batch', expected: 202 },
  { ...BATCH, title: 'batch that nobody signed', expected: 403, signature: undefined },
  { ...BATCH, title: 'signed batch whose body was changed', expected: 403, signature: 'of another body' },
  { ...BATCH, title: 'signature made for another path', expected: 403, signature: 'of another path' },
  { ...BATCH, title: 'signature by another key of the consumer', expected: 403, signature: 'of another key' },
  { ...BATCH, title: 'signed batch that was sent before', expected: 403, signature: 'used' },
];
