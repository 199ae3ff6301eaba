import type { RequestCase } from './request-case';

const CONVERT = { domain: 'public', token: 'valid', certificate: 'none', method: 'POST', path: '/rates/conversions', headers: { 'content-type': 'application/json' } } as const;
const SUBMIT = {
  domain: 'partner', token: 'valid', certificate: 'own', method: 'POST', path: '/batches/submissions', scope: 'settlement:submit',
  headers: { 'content-type': 'application/json', 'x-protective-marking': 'VER=2018.6, NS=gov.au, SEC=PROTECTED' }, signature: 'own',
} as const;
const conversion = (on: string): string => JSON.stringify({ from: 'AUD', to: 'NZD', amount: '100.00', on });
const batch = (payments: readonly object[]): string => JSON.stringify({ payments });
const PAYMENT = { reference: 'INV-2027-02', value: '250.00' };

/** Bodies that the gateway's models let through and the service's generated validators decide: formats, limits of lists, what only the service sets. */
export const BODY_CASES: readonly RequestCase[] = [
  { ...CONVERT, title: 'a body whose date is one', expected: 200, body: conversion('2027-02-28') },
  { ...CONVERT, title: 'a body whose date is none', expected: 400, body: conversion('2027-02-29') },
  { ...SUBMIT, title: 'signed batch, every payment as declared', expected: 202, body: batch([{ ...PAYMENT, remittanceAdvice: 'accounts@acme.example' }]) },
  { ...SUBMIT, title: 'signed batch with no e-mail address', expected: 400, body: batch([{ ...PAYMENT, remittanceAdvice: 'accounts at acme' }]) },
  { ...SUBMIT, title: 'signed batch of too many payments', expected: 400, body: batch(Array.from({ length: 101 }, () => PAYMENT)) },
  { ...SUBMIT, title: 'signed batch with a read-only member', expected: 400, body: batch([{ ...PAYMENT, status: 'settled' }]) },
];
