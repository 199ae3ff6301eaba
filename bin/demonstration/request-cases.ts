import { BODY_CASES } from './body-cases';
import { PARAMETER_CASES } from './parameter-cases';
import { PROOF_CHALLENGE } from '../../lib/contract/proof-of-possession';
import { PROOF_CASES } from './proof-cases';
import type { RequestCase } from './request-case';
import { SIGNATURE_CASES } from './signature-cases';

const JSON_TYPE = { 'content-type': 'application/json' };
const CONVERSION = JSON.stringify({ from: 'AUD', to: 'NZD', amount: '100.00' });
const READ = { token: 'valid', certificate: 'own', method: 'GET', path: '/rates/interest', headers: {} } as const;
const ACCOUNT = { ...READ, scope: 'accounts:read', path: '/accounts/accounts/1001' } as const;
const WRITE = { ...READ, method: 'POST', path: '/rates/conversions', headers: JSON_TYPE, body: CONVERSION } as const;

/** Requests that every security domain must treat alike. */
const EVERYWHERE: readonly Omit<RequestCase, 'domain'>[] = [
  { ...READ, title: 'read with a valid token', expected: 200 },
  { ...WRITE, title: 'write with a valid token and body', expected: 200 },
  { ...READ, title: 'no token', expected: 401, token: 'none' },
  { ...READ, title: 'a token that is none', expected: 401, token: 'garbage' },
  { ...READ, title: 'token of another issuer', expected: 401, token: 'foreign issuer' },
  { ...READ, title: 'expired token', expected: 401, token: 'expired' },
  { ...READ, title: 'token that lives too long', expected: 401, token: 'long-lived' },
  { ...READ, title: 'token for another audience', expected: 401, token: 'wrong audience' },
  { ...READ, title: 'token of another environment', expected: 401, token: 'other environment' },
  { ...READ, title: 'token without the scope', expected: 403, token: 'other scope' },
  { ...READ, title: 'forged Txn-Token beside a valid token', expected: 403, headers: { 'txn-token': 'eyJhbGciOiJub25lIn0.e30.' } },
  { ...READ, title: 'method override header', expected: 400, headers: { 'x-http-method-override': 'DELETE' } },
  { ...READ, title: 'method override header with underscores', expected: 403, headers: { 'x_http_method_override': 'DELETE' } },
  { ...READ, title: 'encoded slash in the path', expected: 400, path: '/rates/exchange/AUD%2Fhistory' },
  { ...READ, title: 'body where none is declared', expected: 400, headers: JSON_TYPE, body: '{}' },
  { ...READ, title: 'unknown path of a service', expected: 404, path: '/rates/nowhere' },
  { ...READ, title: 'path of no service', expected: 404, path: '/nowhere' },
  { ...WRITE, title: 'unused method', expected: 405, path: '/rates/interest' },
  { ...READ, title: 'method that nothing uses', expected: 405, method: 'TRACE' },
  { ...WRITE, title: 'wrong content type', expected: 415, headers: { 'content-type': 'text/xml' } },
  { ...WRITE, title: 'no content type', expected: 415, headers: {} },
  { ...WRITE, title: 'body that the schema refuses', expected: 400, body: JSON.stringify({ from: 'AUD', amount: 'much' }) },
  { ...WRITE, title: 'body with a member that is there twice', expected: 400, body: CONVERSION.replace('{', '{"amount":"1",') },
  { ...WRITE, title: 'body above the limit', expected: 413, body: JSON.stringify({ from: 'AUD', to: 'NZD', amount: '1', note: 'x'.repeat(70_000) }) },
];

/** Requests with tokens that only their issuer can read; it is asked about them. */
const OPAQUE: readonly RequestCase[] = [
  { ...READ, domain: 'public', title: 'read with a valid opaque token', expected: 200, token: 'opaque' },
  { ...READ, domain: 'public', title: 'opaque token that its client revoked', expected: 401, token: 'revoked' },
  { ...READ, domain: 'public', title: 'expired opaque token', expected: 401, token: 'opaque expired' },
  { ...READ, domain: 'public', title: 'opaque token without the scope', expected: 403, token: 'opaque other scope' },
  { ...READ, domain: 'partner', title: 'read with an opaque token, bound', expected: 200, token: 'opaque' },
  { ...READ, domain: 'partner', title: "another's certificate, opaque token", expected: 403, token: 'opaque', certificate: 'other client' },
];

/** Requests that only mutual TLS can refuse. */
const PARTNER: readonly RequestCase[] = [
  { ...READ, domain: 'partner', title: 'no client certificate', expected: 'no handshake', certificate: 'none' },
  { ...READ, domain: 'partner', title: 'certificate of a foreign authority', expected: 403, certificate: 'foreign' },
  { ...READ, domain: 'partner', title: 'certificate that belongs to no consumer', expected: 403, certificate: 'unlisted' },
  { ...READ, domain: 'partner', title: "another consumer's certificate", expected: 403, certificate: 'other client' },
  { ...READ, domain: 'partner', title: 'revoked certificate and its token', expected: 403, certificate: 'revoked' },
  { ...READ, domain: 'partner', title: 'its sibling, which is not revoked', expected: 200 },
];

const APPROVE = {
  ...READ, method: 'PUT', path: '/payments/payments/8f0f3f5e-7c39-4a51-9f3e-0c1f2d3b4a5c/approval', scope: 'payments:approve',
  headers: JSON_TYPE, body: JSON.stringify({ amount: { currency: 'AUD', value: '250.00' } }),
} as const;
/** What the user of a payment's approval must prove, and did not (RFC 9470). */
const STEP_UP = 'Bearer error="insufficient_user_authentication", error_description="The user must authenticate with otp", acr_values="urn:bank:mfa", max_age="300"';

/** Requests that depend on how the user was authenticated; a system has none. */
const AUTHENTICATION: readonly RequestCase[] = [
  { ...APPROVE, domain: 'public', title: 'approve a payment with a one-time code', expected: 200, token: 'strong' },
  { ...APPROVE, domain: 'public', title: 'approve a payment with a password only', expected: 403, challenge: STEP_UP },
  { ...APPROVE, domain: 'public', title: 'approve a payment an hour after the login', expected: 403, token: 'old login', challenge: STEP_UP },
  { ...APPROVE, domain: 'partner', title: 'approve a payment as a system', expected: 403, challenge: STEP_UP },
];

/** Requests of partners whose certificate and token are good, and whose API key is not. */
const API_KEY: readonly RequestCase[] = [
  { ...READ, domain: 'partner', title: 'no API key beside a valid token', expected: 403, apiKey: 'none' },
  { ...READ, domain: 'partner', title: 'an API key that is nobody\'s', expected: 403, apiKey: 'wrong' },
  { ...READ, domain: 'partner', title: "another consumer's API key", expected: 403, apiKey: 'other client' },
  { ...READ, domain: 'partner', title: 'API key in the query string', expected: 403, apiKey: 'in the query string' },
  { ...READ, domain: 'partner', title: 'an API key without a token', expected: 401, token: 'none' },
];

const SETTLE = { ...READ, domain: 'internal', path: '/settlement/calendar/2027', headers: { 'x-protective-marking': 'VER=2018.6, NS=gov.au, SEC=PROTECTED' }, scope: 'settlement:read' } as const;

/** Requests whose protective marking is not what the classification of the API asks for. */
const MARKINGS: readonly RequestCase[] = [
  { ...SETTLE, title: 'no protective marking', expected: 400, client: 'ledger', headers: {} },
  { ...SETTLE, title: 'protective marking of no standard', expected: 403, client: 'ledger', headers: { 'x-protective-marking': 'PROTECTED' } },
  { ...SETTLE, title: 'protective marking above the API', expected: 403, client: 'ledger', headers: { 'x-protective-marking': 'VER=2018.6, NS=gov.au, SEC=SECRET' } },
];

/** Requests of one consumer above its rate, and of another meanwhile. */
const CONSUMERS: readonly RequestCase[] = [
  { ...SETTLE, title: 'a consumer within its rate', expected: 200, client: 'ledger' },
  { ...SETTLE, title: 'told where it stands, by an HTTP service', expected: 200, client: 'ledger', limit: 60 },
  { ...READ, domain: 'internal', title: 'told where it stands, by a function', expected: 200, client: 'ledger', limit: 20_000 },
  { ...SETTLE, title: 'a consumer above its rate', expected: 429, client: 'ledger', times: 40 },
  { ...SETTLE, title: 'another consumer meanwhile', expected: 200, client: 'batch' },
  // More than two windows let through, wherever one ends meanwhile; last, because they use up what the stage allows everybody.
  { ...SETTLE, title: 'a consumer above its exact limit', expected: 429, client: 'ledger', times: 130, limit: 60 },
];

/** Requests that scopes let through and access policies decide (`bin/reference/policies/accounts.cedar`). */
const POLICIES: readonly RequestCase[] = [
  { ...ACCOUNT, domain: 'public', title: "policy permits: a customer's application", expected: 200 },
  { ...ACCOUNT, domain: 'public', title: 'policy forbids: a suspense account', expected: 403, path: '/accounts/accounts/9001' },
  { ...ACCOUNT, domain: 'public', title: 'the same, encoded without need', expected: 400, path: '/accounts/accounts/%39001' },
  { ...ACCOUNT, domain: 'public', title: 'no policy permits: a teller elsewhere', expected: 403, client: 'teller-desk' },
  { ...ACCOUNT, domain: 'internal', title: "policy permits: the bank's own system", expected: 200, path: '/accounts/accounts/9001' },
];

const STATEMENT = { ...ACCOUNT, domain: 'public', path: '/accounts/accounts/1001/statements/2027-01' } as const;

/** Requests that the web ACL's declared rules decide: a rule of the domain's own, and how often an address may call one operation. */
const WEB_ACL: readonly RequestCase[] = [
  { ...READ, domain: 'public', title: 'host of somebody else, forwarded', expected: 403, headers: { 'x-forwarded-host': 'bank.attacker.example' } },
  { ...READ, domain: 'partner', title: 'the same where no rule is against it', expected: 200, headers: { 'x-forwarded-host': 'bank.attacker.example' } },
  { ...STATEMENT, title: 'statements within the limit of an address', expected: 200 },
  { ...STATEMENT, title: 'statements above it', expected: 429, times: 12 },
  { ...STATEMENT, title: 'the same, encoded without need', expected: 400, path: '/accounts/accounts/1001/%73tatements/2027-01' },
  { ...ACCOUNT, domain: 'public', title: 'another operation meanwhile', expected: 200 },
];

const CHALLENGE = `Bearer realm="test.bank.example", DPoP ${PROOF_CHALLENGE}`;
const HONEYPOT = { ...READ, domain: 'public', path: '/admin/users/export' } as const;
/** What every operation that a client's group is not subscribed to answers with. */
const INSUFFICIENT = 'Bearer error="insufficient_scope"';
const INVALID_TOKEN = 'Bearer error="invalid_token"';

/** Requests that nobody has an honest reason to make, beside the same ones elsewhere: no answer tells which is which. */
const DECOYS: readonly RequestCase[] = [
  { ...HONEYPOT, title: 'honeypot without a token', expected: 401, token: 'none', challenge: CHALLENGE },
  { ...HONEYPOT, title: 'an operation without a token', expected: 401, token: 'none', path: '/rates/interest', challenge: CHALLENGE },
  { ...HONEYPOT, title: 'honeypot with a valid token', expected: 403, challenge: INSUFFICIENT },
  { ...HONEYPOT, title: 'honeypot with a token that is none', expected: 401, token: 'garbage', challenge: CHALLENGE },
  { ...HONEYPOT, title: 'honeypot, another method', expected: 405, method: 'POST' },
  { ...HONEYPOT, title: 'token of a canary client', expected: 403, path: '/rates/interest', client: 'legacy-batch', challenge: INVALID_TOKEN },
];

/** Every request of the demonstration. */
export const REQUEST_CASES: readonly RequestCase[] = [
  ...['public', 'partner', 'internal'].flatMap((domain) => EVERYWHERE.map((request) => ({ domain, ...request }))),
  ...OPAQUE,
  ...PARTNER,
  ...AUTHENTICATION,
  ...PROOF_CASES,
  ...API_KEY,
  ...MARKINGS,
  ...CONSUMERS,
  ...POLICIES,
  ...WEB_ACL,
  ...PARAMETER_CASES,
  ...BODY_CASES,
  ...DECOYS,
  ...SIGNATURE_CASES,
];
