import { SECURITY_HEADERS } from '../lib/contract/security-headers';
import type { HttpsReply } from './https-exchange';

/** What must come of a request. */
export interface Expectation {
  /** One of these statuses. */
  readonly status: readonly number[];
  /** A connection that the gateway ends instead of answering is as good. */
  readonly orNoAnswer?: true;
  /** What its headers must be. */
  readonly headers?: readonly HeaderRule[];
  /** The body tells nothing of the inside: no stack trace, no ARN, no name of an exception. */
  readonly discreet?: true;
  /** The body is a set of public keys. */
  readonly publicKeys?: true;
  /** Statuses that decide nothing, and why. */
  readonly inconclusive?: { readonly [status: number]: string };
}

/** What one header must be; `absent` stands for its absence. */
export interface HeaderRule {
  readonly name: string;
  readonly is: 'present' | 'absent' | RegExp;
}

/** Every answer of the gateway's own carries these. */
export const SECURITY_HEADER_RULES: readonly HeaderRule[] = [
  ...Object.entries(SECURITY_HEADERS).map(([name, value]) => ({ name: name.toLowerCase(), is: exactly(value) })),
  { name: 'x-powered-by', is: 'absent' },
  { name: 'server', is: 'absent' },
];

/** RFC 9457, or as a web ACL can say it. */
export const PROBLEM: HeaderRule = { name: 'content-type', is: /^application\/(problem\+)?json(;|$)/ };

/** Bounded, since a body is the target's to choose. */
const INSIDE: readonly (readonly [string, RegExp])[] = [
  ['a stack trace', /\n\s{1,32}at .{1,300}?:\d{1,6}:\d|\.(?:js|ts|java|py):\d/],
  ['an ARN', /arn:aws[a-z-]*:/],
  ['a file name of a server', /node_modules|\/var\/task|\/home\//],
  ['the name of an exception', /[A-Za-z]Exception\b|Traceback/],
];
/** Members of a JWK that are private (RFC 7518). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** A header value that is exactly this. */
export function exactly(value: string): RegExp {
  return new RegExp(`^${value.replace(/[.+*?^${}()|[\]\\]/g, '\\$&')}$`);
}

/** What of an expectation a reply does not meet; nothing where all is met. */
export function shortcomings({ status, headers = [], discreet, publicKeys }: Expectation, reply: HttpsReply): string[] {
  return [
    ...(status.includes(reply.status) ? [] : [`status ${reply.status}`]),
    ...headers.flatMap((rule) => headerShortcoming(rule, reply.headers[rule.name])),
    ...(discreet === true ? INSIDE.filter(([, pattern]) => pattern.test(reply.body)).map(([what]) => `the body shows ${what}`) : []),
    ...(publicKeys === true ? keyShortcomings(reply.body) : []),
  ];
}

/** An expectation in words, for reports. */
export function inWords({ status, orNoAnswer, headers = [], discreet, publicKeys }: Expectation): string {
  return [
    `status ${status.join(' or ')}${orNoAnswer === true ? ' or no answer' : ''}`,
    ...headers.map(({ name, is }) => `${name} ${typeof is === 'string' ? is : `like ${is.source}`}`),
    ...(discreet === true ? ['nothing of the inside'] : []),
    ...(publicKeys === true ? ['public keys only'] : []),
  ].join(', ');
}

function headerShortcoming({ name, is }: HeaderRule, value: string | undefined): string[] {
  if (is === 'absent') return value === undefined ? [] : [`${name}: ${value}`];
  if (value === undefined) return [`no ${name}`];
  return is === 'present' || is.test(value) ? [] : [`${name}: ${value}`];
}

function keyShortcomings(body: string): string[] {
  try {
    const { keys } = JSON.parse(body) as { readonly keys: readonly { readonly [member: string]: unknown }[] };
    const secret = keys.flatMap((key) => PRIVATE_MEMBERS.filter((member) => member in key));
    return [...(keys.length === 0 ? ['no key'] : []), ...(secret.length > 0 ? [`private members ${[...new Set(secret)].join(', ')}`] : [])];
  } catch {
    return ['no set of keys'];
  }
}
