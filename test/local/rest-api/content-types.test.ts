import { gzipSync } from 'node:zlib';
import { HttpMethod, Operation, RequestContent } from '../../../lib';
import { header } from '../../../local/rest-api/gateway-request';
import { stampedGateway, type StampedGateway, type Weakened } from '../../fixtures/stamped-gateway';

const SCHEMA = { type: 'object', required: ['name'], additionalProperties: false, properties: { name: { type: 'string', maxLength: 5 } } };
const post = (path: string, ...content: RequestContent[]): Operation => new Operation({ method: HttpMethod.POST, path, content });

/** Types of some operations are the web ACL's to let through for all: whatever the others take, each must refuse. */
let gateway: StampedGateway;
beforeAll(() => {
  gateway = stampedGateway({
    operations: [
      post('/json', { mediaType: 'application/json', schema: SCHEMA }),
      post('/patch', { mediaType: 'application/merge-patch+json', schema: SCHEMA }),
      post('/form', { mediaType: 'multipart/form-data' }),
      post('/note', { mediaType: 'text/plain' }),
      post('/run'),
      new Operation({ method: HttpMethod.GET, path: '/json' }),
    ],
  });
});

const GOOD = '{"name":"Kim"}';
const BAD = '{"name":"Kim","admin":true}';

interface Case {
  readonly path?: string;
  readonly method?: string;
  readonly types?: readonly string[];
  readonly headers?: readonly (readonly [string, string])[];
  readonly body: string | Buffer;
}

async function sent({ path = '/json', method = 'POST', types = [], headers = [], body }: Case, weakened?: Weakened) {
  const { answer, reached } = await gateway.send({ method, path: `/accounts${path}`, headers: [...types.map((type) => ['Content-Type', type] as const), ...headers], body: Buffer.from(body) }, weakened);
  return { status: answer.status, reached, type: header(answer, 'content-type') };
}
const JSON_TYPE = ['application/json'];

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html, request-response-data-mappings.html ("Only the MIME type is used")
test.each<[string, Case]>([
  ['JSON', { types: JSON_TYPE, body: GOOD }],
  ['JSON with its character set', { types: ['application/json; charset=utf-8'], body: GOOD }],
  ['JSON with its character set in capitals, without a blank', { types: ['application/json;charset=UTF-8'], body: GOOD }],
  ['a type that is JSON by its suffix', { path: '/patch', types: ['application/merge-patch+json'], body: GOOD }],
  ['a form with its boundary', { path: '/form', types: ['multipart/form-data; boundary=x'], body: '--x--' }],
  ['text', { path: '/note', types: ['text/plain'], body: 'note' }],
  ['no body where none is declared', { path: '/run', body: '' }],
  ['a coding that changes nothing', { types: JSON_TYPE, headers: [['Content-Encoding', 'identity']], body: GOOD }],
])('lets %s through', async (_, request) => {
  expect(await sent(request)).toMatchObject({ status: 200, reached: true });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html (a proxy passes a type without a model on, so others must refuse it)
test.each<[string, number, Case]>([
  ['a body against its schema', 400, { types: JSON_TYPE, body: BAD }],
  ['the same with a character set', 400, { types: ['application/json; charset=utf-8'], body: BAD }],
  ['the same with a type that is JSON by its suffix', 400, { path: '/patch', types: ['application/merge-patch+json'], body: BAD }],
  ['no content type', 415, { body: BAD }],
  ['an empty content type', 415, { types: [''], body: BAD }],
  ['a type that nobody declares', 415, { types: ['application/xml'], body: BAD }],
  ['a type that is JSON by a suffix that nobody declares', 415, { types: ['application/x+json'], body: BAD }],
  ['text, which another operation takes', 400, { types: ['text/plain'], body: BAD }],
  ['a form, which another operation takes', 400, { types: ['multipart/form-data; boundary=x'], body: BAD }],
  ['the JSON of another operation', 400, { types: ['application/merge-patch+json'], body: GOOD }],
  ['a type in capitals', 400, { types: ['APPLICATION/JSON'], body: BAD }],
  ['a type in capitals with a good body', 400, { types: ['Application/Json'], body: GOOD }],
  ['a second content type behind a good one', 415, { types: ['application/json', 'text/plain'], body: BAD }],
  ['a good content type behind another', 415, { types: ['text/plain', 'application/json'], body: BAD }],
  ['the same content type twice', 415, { types: ['application/json', 'application/json'], body: GOOD }],
  ['two content types in one header', 415, { types: ['application/json, text/plain'], body: BAD }],
  ['another character set', 415, { types: ['application/json; charset=utf-7'], body: BAD }],
  ['two character sets', 415, { types: ['application/json; charset=utf-8; charset=utf-16'], body: BAD }],
  ['a parameter that means nothing', 415, { types: ['application/json; a=b'], body: BAD }],
  ['a blank before the parameter', 415, { types: ['application/json ;charset=utf-8'], body: BAD }],
  ['a content type as others spell it', 403, { types: ['application/json'], headers: [['Content_Type', 'text/plain']], body: BAD }],
  ['a form without a boundary', 415, { path: '/form', types: ['multipart/form-data'], body: '--x--' }],
  ['a form with two boundaries', 415, { path: '/form', types: ['multipart/form-data; boundary=x; boundary=y'], body: '--x--' }],
  ['a compressed body', 400, { types: JSON_TYPE, headers: [['Content-Encoding', 'gzip']], body: gzipSync(BAD) }],
  ['compressed text, for which there is no model', 400, { path: '/note', types: ['text/plain'], headers: [['Content-Encoding', 'gzip']], body: gzipSync('note') }],
  ['a coding twice', 400, { path: '/note', types: ['text/plain'], headers: [['Content-Encoding', 'identity'], ['content-encoding', 'br']], body: 'note' }],
  ['an empty body', 400, { types: JSON_TYPE, body: '' }],
  ['an empty body without a type', 400, { body: '' }],
  ['a body of blanks', 400, { types: JSON_TYPE, body: '  ' }],
  ['a body that is no JSON', 400, { types: JSON_TYPE, body: `${GOOD}${BAD}` }],
  ['null', 400, { types: JSON_TYPE, body: 'null' }],
  ['an oversize body', 413, { types: JSON_TYPE, body: JSON.stringify({ name: 'x'.repeat(65 * 1024) }) }],
  ['an oversize body without a type', 413, { body: Buffer.alloc(65 * 1024 + 1) }],
  ['a body where none is declared', 400, { path: '/run', types: JSON_TYPE, body: GOOD }],
  ['the same without a type', 415, { path: '/run', body: GOOD }],
  ['a body of GET', 400, { method: 'GET', types: JSON_TYPE, body: GOOD }],
])('refuses %s with %d', async (_, status, request) => {
  const answer = await sent(request);
  expect(answer).toMatchObject({ status, reached: false });
  expect(answer.type).toMatch(/^application\/(problem\+)?json$/);
});

// What each guard is worth: without it the request reaches the service.
test.each<[string, Weakened, Case]>([
  ['the web ACL and the rules, text', { withoutWebAcl: true, withoutRules: true }, { types: ['application/xml'], body: BAD }],
  ['the rules, a compressed text', { withoutRules: true }, { path: '/note', types: ['text/plain'], headers: [['Content-Encoding', 'gzip']], body: gzipSync('note') }],
  ['the rules, a body where none is declared', { withoutRules: true }, { path: '/run', types: JSON_TYPE, body: GOOD }],
  ['the web ACL and the rules, a second content type', { withoutWebAcl: true, withoutRules: true }, { path: '/note', types: ['text/plain', 'application/json'], body: BAD }],
])('would let through without %s', async (_, weakened, request) => {
  expect((await sent(request)).reached).toBe(false);
  expect(await sent(request, weakened)).toMatchObject({ status: 200, reached: true });
});

// Nobody says which of two headers a web ACL looks at.
test('refuses a second content type where the web ACL looks at one of them', async () => {
  for (const types of [['text/plain', 'application/json'], ['application/json', 'text/plain'], ['application/json', 'application/json']]) {
    expect(await sent({ types, body: GOOD }, { withoutWebAcl: true })).toMatchObject({ status: 400, reached: false });
  }
});
