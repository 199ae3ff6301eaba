/** One bad input: the bytes, and what must come of them. `{host}` and `{token}` stand for those of the run. */
export interface BadInputCase {
  readonly title: string;
  /** Sent as they are; a list is sent in pieces. */
  readonly bytes: string | Buffer | readonly (string | Buffer)[];
  /** Statuses of all answers of the connection. */
  readonly statuses: readonly number[];
}

const HOST = 'Host: {host}\r\n';
const AUTHORIZED = `${HOST}Authorization: Bearer {token}\r\n`;
const get = (target: string, headers = ''): string => `GET ${target} HTTP/1.1\r\n${AUTHORIZED}${headers}\r\n`;
const post = (body: string | Buffer, headers = 'Content-Type: application/json\r\n'): Buffer => {
  const bytes = Buffer.from(body as string);
  return Buffer.concat([Buffer.from(`POST /orders/orders HTTP/1.1\r\n${AUTHORIZED}${headers}Content-Length: ${bytes.length}\r\n\r\n`), bytes]);
};
const POST_HEAD = `POST /orders/orders HTTP/1.1\r\n${AUTHORIZED}Content-Type: application/json\r\n`;
/** What an attacker wants to be taken for a second request. */
const SMUGGLED = `GET /orders/orders/smuggled HTTP/1.1\r\n${HOST}\r\n`;
const ORDER = '/orders/orders/1';

/** Two readers disagree on where a message ends: RFC 9112 sections 2.2, 5.2, 6.1, 6.3 and 7.1. */
const SMUGGLING: readonly BadInputCase[] = [
  { title: 'both lengths', bytes: `${POST_HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`, statuses: [400] },
  { title: 'both lengths, the other way round', bytes: `${POST_HEAD}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${SMUGGLED}`, statuses: [400] },
  { title: 'two lengths', bytes: `${POST_HEAD}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}${SMUGGLED}`, statuses: [400] },
  { title: 'a list of lengths', bytes: `${POST_HEAD}Content-Length: 2, 2\r\n\r\n{}${SMUGGLED}`, statuses: [400] },
  { title: 'a signed length', bytes: `${POST_HEAD}Content-Length: +2\r\n\r\n{}${SMUGGLED}`, statuses: [400] },
  { title: 'a negative length', bytes: `${POST_HEAD}Content-Length: -1\r\n\r\n{}${SMUGGLED}`, statuses: [400] },
  { title: 'a hexadecimal length', bytes: `${POST_HEAD}Content-Length: 0x2\r\n\r\n{}${SMUGGLED}`, statuses: [400] },
  { title: 'a length past any number', bytes: `${POST_HEAD}Content-Length: 99999999999999999999\r\n\r\n{}${SMUGGLED}`, statuses: [400] },
  { title: 'a coding that is not chunked', bytes: `${POST_HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`, statuses: [400] },
  { title: 'chunked before another coding', bytes: `${POST_HEAD}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${SMUGGLED}`, statuses: [400] },
  { title: 'chunked twice', bytes: `${POST_HEAD}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${SMUGGLED}`, statuses: [400] },
  { title: 'a coding name with a space', bytes: `${POST_HEAD}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`, statuses: [400] },
  { title: 'a coding behind a control character', bytes: `${POST_HEAD}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`, statuses: [400] },
  { title: 'a folded header', bytes: `POST /orders/orders HTTP/1.1\r\n${AUTHORIZED}Transfer-Encoding:\r\n chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${SMUGGLED}`, statuses: [400] },
  { title: 'a folded host', bytes: `GET ${ORDER} HTTP/1.1\r\n${AUTHORIZED}X-Folded: a\r\n Host: evil.example\r\n\r\n`, statuses: [400] },
  { title: 'bare line feeds', bytes: `GET ${ORDER} HTTP/1.1\nHost: {host}\nAuthorization: Bearer {token}\n\n`, statuses: [400] },
  { title: 'one bare line feed', bytes: `${POST_HEAD}X-A: 1\nContent-Length: 2\r\n\r\n{}`, statuses: [400] },
  { title: 'a bare carriage return', bytes: `GET ${ORDER} HTTP/1.1\r\n${AUTHORIZED}X-A: 1\rX-B: 2\r\n\r\n`, statuses: [400] },
  { title: 'a bare carriage return as a line end', bytes: `GET ${ORDER} HTTP/1.1\r${HOST}\r\n`, statuses: [400] },
  { title: 'a chunk size with a sign', bytes: `${POST_HEAD}Transfer-Encoding: chunked\r\n\r\n+2\r\n{}\r\n0\r\n\r\n${SMUGGLED}`, statuses: [400] },
  { title: 'a chunk size past any number', bytes: `${POST_HEAD}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n`, statuses: [400] },
  { title: 'a chunk longer than it says', bytes: `${POST_HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\n{}{}\r\n0\r\n\r\n`, statuses: [400] },
  { title: 'a chunk that ends with a line feed', bytes: `${POST_HEAD}Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n${SMUGGLED}`, statuses: [400] },
  { title: 'a bare line feed in a chunk extension', bytes: `${POST_HEAD}Transfer-Encoding: chunked\r\n\r\n2;a\n{}\r\n0\r\n\r\n${SMUGGLED}`, statuses: [400] },
  { title: 'a flood of chunk extensions', bytes: `${POST_HEAD}Transfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`, statuses: [413] },
  { title: 'a request before the first is answered, behind one that is none', bytes: `${get(ORDER)}GARBAGE\r\n\r\n`, statuses: [] },
];

/** Something that is no request line or no header. */
const SYNTAX: readonly BadInputCase[] = [
  { title: 'what is no HTTP', bytes: '\x16\x03\x01\x02\x00\r\n\r\n', statuses: [400] },
  { title: 'HTTP/2 without negotiation', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', statuses: [400] },
  { title: 'HTTP/0.9', bytes: 'GET /\r\n\r\n', statuses: [400] },
  { title: 'a version that there is not', bytes: `GET ${ORDER} HTTP/9.9\r\n${HOST}\r\n`, statuses: [400] },
  { title: 'a method that there is not', bytes: `GETX ${ORDER} HTTP/1.1\r\n${HOST}\r\n`, statuses: [400] },
  { title: 'a tunnel', bytes: `CONNECT {host}:443 HTTP/1.1\r\n${HOST}\r\n`, statuses: [] },
  { title: 'an absolute target of another host', bytes: `GET https://evil.example/orders/orders/1 HTTP/1.1\r\n${AUTHORIZED}\r\n`, statuses: [400] },
  { title: 'the asterisk', bytes: `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`, statuses: [400] },
  { title: 'no host', bytes: `GET ${ORDER} HTTP/1.1\r\n\r\n`, statuses: [400] },
  { title: 'two hosts', bytes: get(ORDER, 'Host: evil.example\r\n'), statuses: [400] },
  { title: 'the same host twice', bytes: get(ORDER, HOST), statuses: [400] },
  { title: 'another host', bytes: `GET ${ORDER} HTTP/1.1\r\nHost: evil.example\r\n\r\n`, statuses: [403] },
  { title: 'a host with credentials', bytes: `GET ${ORDER} HTTP/1.1\r\nHost: a@{host}\r\n\r\n`, statuses: [403] },
  { title: 'a header without a name', bytes: `GET ${ORDER} HTTP/1.1\r\n${HOST}: value\r\n\r\n`, statuses: [400] },
  { title: 'a header name with a space', bytes: `GET ${ORDER} HTTP/1.1\r\n${HOST}X A: 1\r\n\r\n`, statuses: [400] },
  { title: 'NUL in a header', bytes: `GET ${ORDER} HTTP/1.1\r\n${HOST}X-A: a\x00b\r\n\r\n`, statuses: [400] },
  { title: 'NUL in a header name', bytes: `GET ${ORDER} HTTP/1.1\r\n${HOST}X\x00A: b\r\n\r\n`, statuses: [400] },
];

/** A path that a service could read as another: RFC 3986 sections 2.1, 2.4 and 5.2.4. */
const PATHS: readonly BadInputCase[] = [
  ...['/orders/orders/a%2fb', '/orders/orders/a%2Fb', '/orders/orders/a%5Cb', '/orders/orders/../orders/1', '/orders/orders/./1', '/orders/orders/%2e%2e/1', '/orders/orders/.%2E/1',
    '/orders/orders/a%252fb', '/orders/orders/%25%32%66', '/orders/orders/a%00', '/orders/orders/a\\b', '/orders/orders/a;b', '/orders//orders/1', '//orders/orders/1'].map((path) => ({ title: `the path ${path}`, bytes: get(path), statuses: [400] })),
  { title: 'NUL in the path', bytes: get('/orders/orders/a\x00b'), statuses: [400] },
  { title: 'a fragment', bytes: get('/orders/orders/1#x'), statuses: [400] },
  { title: 'bytes that are not ASCII in the path', bytes: Buffer.from(get('/orders/orders/\xff\xfe'), 'latin1'), statuses: [400] },
  { title: 'a path longer than an ARN may be', bytes: get(`/orders/orders/${'a'.repeat(1600)}`), statuses: [414] },
  { title: 'a path longer than a URL may be', bytes: get(`/orders/orders/${'a'.repeat(10_240)}`), statuses: [414] },
  { title: 'a query string longer than a URL may be', bytes: get(`${ORDER}?q=${'a'.repeat(10_240)}`), statuses: [414] },
  { title: 'a query string of a megabyte', bytes: get(`${ORDER}?q=${'a'.repeat(1024 * 1024)}`), statuses: [431] },
];

/** More than anybody sends. */
const FLOODS: readonly BadInputCase[] = [
  { title: 'header values above the quota', bytes: get(ORDER, `X-A: ${'a'.repeat(10_240)}\r\n`), statuses: [431] },
  { title: 'header values above the quota, in many headers', bytes: get(ORDER, Array.from({ length: 1100 }, (_, index) => `X-${index}: 0123456789\r\n`).join('')), statuses: [431] },
  { title: 'a megabyte of headers', bytes: get(ORDER, `X-A: ${'a'.repeat(1024 * 1024)}\r\n`), statuses: [431] },
  { title: 'a forged trust token behind 2,500 headers', bytes: get(ORDER, `${Array.from({ length: 2500 }, () => 'a: \r\n').join('')}Txn-Token: forged\r\n`), statuses: [403] },
  { title: 'a token of eight kilobytes', bytes: `GET ${ORDER} HTTP/1.1\r\n${HOST}Authorization: Bearer ${'a'.repeat(9000)}\r\n\r\n`, statuses: [401] },
  { title: 'two tokens', bytes: get(ORDER, 'Authorization: Bearer other\r\n'), statuses: [401] },
];

const OVERRIDES = ['X-HTTP-Method', 'X-HTTP-Method-Override', 'X-Method-Override', 'X-Original-URL', 'X-Rewrite-URL'];

/** Headers that a framework takes for something that was authorized as another thing. */
const HEADERS: readonly BadInputCase[] = [
  ...OVERRIDES.map((name) => ({ title: `the header ${name}`, bytes: get(ORDER, `${name}: DELETE\r\n`), statuses: [400] })),
  { title: 'a header named like a member of every object', bytes: get(ORDER, '__proto__: polluted\r\nconstructor: polluted\r\n'), statuses: [200] },
  { title: 'a query parameter named like a member of every object', bytes: get(`${ORDER}?__proto__[polluted]=1&constructor=1&__proto__=1`), statuses: [400] },
];

const LAUGHS = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "${'ha'.repeat(9)}">${Array.from({ length: 9 }, (_, index) => `<!ENTITY a${index} "${`&a${index === 0 ? '' : index - 1};`.repeat(10)}">`).join('')}]><l>&a8;</l>`;

/** Bodies that cost more than they weigh, or mean different things to different readers. */
const BODIES: readonly BadInputCase[] = [
  { title: 'a body that is met by its model', bytes: post('{"name":"a","next":{"name":"b"}}'), statuses: [200] },
  { title: '100,000 arrays in each other', bytes: post('['.repeat(100_000)), statuses: [413] },
  { title: 'objects as deep as the body limit', bytes: post(`${'{"next":'.repeat(7000)}{}${'}'.repeat(7000)}`), statuses: [400] },
  { title: 'arrays as deep as the body limit', bytes: post(`${'['.repeat(30_000)}${']'.repeat(30_000)}`), statuses: [400] },
  { title: 'a member named __proto__', bytes: post('{"__proto__":{"admin":true}}'), statuses: [400] },
  { title: 'a member named __proto__, escaped', bytes: post('{"\\u005f_proto__":{"admin":true}}'), statuses: [400] },
  { title: 'a member named constructor', bytes: post('{"constructor":{"prototype":{"admin":true}}}'), statuses: [400] },
  { title: 'invalid UTF-8', bytes: post(Buffer.from('{"name":"\xff\xfe"}', 'latin1')), statuses: [400] },
  { title: 'overlong UTF-8', bytes: post(Buffer.from('{"name":"\xc0\xaf"}', 'latin1')), statuses: [400] },
  { title: 'a byte order mark of UTF-16', bytes: post(Buffer.from('\ufeff{"name":"a"}', 'utf16le')), statuses: [400] },
  { title: 'a million laughs', bytes: post(LAUGHS, 'Content-Type: application/xml\r\n'), statuses: [415] },
  { title: 'a million laughs that say they are JSON', bytes: post(LAUGHS), statuses: [400] },
  { title: 'laughs of YAML', bytes: post('a: &a [x,x]\nb: &b [*a,*a]\n', 'Content-Type: application/yaml\r\n'), statuses: [415] },
  { title: 'a compressed body', bytes: post(Buffer.from([0x1f, 0x8b, 8, 0, 0]), 'Content-Type: application/json\r\nContent-Encoding: gzip\r\n'), statuses: [400] },
  // API Gateway holds it to the model as an empty object: https://github.com/localstack/localstack/pull/7916
  { title: 'an empty body, where the model demands no member', bytes: post(''), statuses: [200] },
  { title: 'a body above the platform\'s limit', bytes: post(Buffer.alloc(10 * 1024 * 1024 + 1, 'a')), statuses: [413] },
];

/** The list, by what it attacks. */
export const BAD_INPUT: readonly (readonly [kind: string, cases: readonly BadInputCase[]])[] = [
  ['framing', SMUGGLING], ['syntax', SYNTAX], ['paths', PATHS], ['floods', FLOODS], ['headers', HEADERS], ['bodies', BODIES],
];
