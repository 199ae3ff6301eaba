import { checkSize } from '../../lib/gateway/body-size';
import { RestApiBody } from '../../lib/gateway/rest-api-body';
import { refusalOf } from '../fixtures/refusal';

const bodyWith = (schemas: Record<string, unknown>): RestApiBody => ({ info: { title: 'accounts', version: '1.0' }, paths: {}, components: { schemas } });
const check = (body: RestApiBody, content = JSON.stringify(body)) => (): void => checkSize(body, content);

test('refuses a body that is larger than API Gateway imports', () => {
  expect(refusalOf(check(bodyWith({}), 'x'.repeat(6 * 1024 * 1024 + 1)))).toBe("REST_API_BODY: a REST API has a body of at most 6 MiB and models of at most 400 KiB each, got 6291457 bytes for 'accounts'; write several API services, or smaller schemas");
});

test('refuses a model that is larger than API Gateway imports', () => {
  expect(refusalOf(check(bodyWith({ Huge: { enum: ['x'.repeat(400 * 1024)] } })))).toBe("REST_API_BODY: a REST API has a body of at most 6 MiB and models of at most 400 KiB each, got 409613 bytes for the model Huge of 'accounts'; write several API services, or smaller schemas");
});

test('accepts what is as large as it may be', () => {
  expect(check(bodyWith({ Large: { enum: ['x'.repeat(400 * 1024 - 13)] } }), 'x'.repeat(6 * 1024 * 1024))).not.toThrow();
});
