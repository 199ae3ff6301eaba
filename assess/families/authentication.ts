import type { CaseFamily, ForgedToken, IssuedToken, NewCase } from '../assessment-case';
import type { AssessedApi, AssessedDomain, AssessedOperation } from '../assessed-environment';
import { callable, proving } from '../client-choice';
import { callerControls } from '../controls';
import { requestOf } from '../operation-request';
import type { Expectation } from '../expectation';

const UNAUTHORIZED: Expectation = { status: [401], headers: [{ name: 'www-authenticate', is: /^(?:Bearer|DPoP)\b/ }], discreet: true };
/** A token that proves nothing of who holds it is refused by whichever check comes first. */
const REFUSED: Expectation = { status: [401, 403], discreet: true };

const FORGERIES: readonly (readonly [ForgedToken['forged'], string])[] = [
  ['garbage', 'a token that is none'],
  ['unsigned', 'a token without a signature (alg none)'],
  ['embedded-key', 'a token that brings its own key (jwk)'],
  ['basic', 'a name and a password (Basic)'],
  ['in-query', 'a token in the query string'],
];

const WRONG: readonly (readonly [NonNullable<IssuedToken['wrong']>, string])[] = [
  ['tampered', 'a token that was changed after it was signed'],
  ['expired', 'a token that has expired'],
  ['long-lived', 'a token that lives too long'],
  ['wrong-audience', 'a token for another audience'],
  ['foreign-issuer', 'a token of an issuer that nobody trusts'],
];

/** Who calls must be known, whatever is called. */
export const authentication: CaseFamily = {
  name: 'authentication',
  cases: (domain) => domain.apis.flatMap((api) => [
    ...api.operations.flatMap((operation) => [
      refused(domain, operation, 'no-token', 'a caller without a token is refused'),
      refused(domain, operation, 'self-signed', 'a token that the assessor signed itself is refused', { forged: 'self-signed' }),
    ]),
    ...onOne(domain, api),
  ]),
};

function onOne(domain: AssessedDomain, api: AssessedApi): NewCase[] {
  const [one] = [...api.operations].sort((a, b) => Number(a.method !== 'GET') - Number(b.method !== 'GET'));
  if (one === undefined) return [];
  const good = [one, ...api.operations].map((operation) => callable(domain, operation)).find((found) => found !== undefined);
  const bound = proving(domain, one);
  return [
    ...FORGERIES.map(([forged, what]) => refused(domain, one, forged, `${what} is refused`, { forged })),
    ...(good === undefined ? [] : WRONG.map(([wrong, what]) => refused(domain, good.operation, wrong, `${what} is refused`, { ...good.token, wrong }))),
    ...(bound === undefined ? [] : [refused(domain, one, 'bound-as-bearer', 'a token that is bound to a key is refused without its proof', bound, REFUSED)]),
  ];
}

function refused(domain: AssessedDomain, operation: AssessedOperation, rule: string, title: string, token?: ForgedToken | IssuedToken, expected = UNAUTHORIZED): NewCase {
  return {
    rule, subject: `${operation.method} ${operation.path}`, title, controls: callerControls(domain, operation.method),
    probe: requestOf(operation, expected, { ...token && { token } }),
  };
}
