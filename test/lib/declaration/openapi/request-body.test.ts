import { HttpMethod } from '../../../../lib/declaration/http-method';
import { importBody } from '../../../../lib/declaration/openapi/request-body';

const schema = { type: 'object' };

test('keeps the schema of JSON and leaves parameters of media types out', () => {
  expect(importBody(HttpMethod.POST, { required: true, content: { 'application/json; charset=utf-8': { schema }, 'Application/Merge-Patch+JSON': { schema } } })).toEqual({
    content: [{ mediaType: 'application/json', schema }, { mediaType: 'application/merge-patch+json', schema }],
    contentRequired: true,
    notEnforced: [],
  });
});

test('reports media types that models do not describe', () => {
  expect(importBody(HttpMethod.POST, { content: { 'text/csv': {}, 'multipart/form-data': { schema } } })).toEqual({
    content: [{ mediaType: 'text/csv', schema: undefined }, { mediaType: 'multipart/form-data', schema: undefined }],
    contentRequired: false,
    notEnforced: ["requestBody of 'multipart/form-data' is not checked: models describe JSON only"],
  });
});

test.each([
  ['*/*', ['application/json'], "requestBody of '*/*': the gateway accepts application/json of it, because it matches media types exactly"],
  ['text/*', ['text/plain'], "requestBody of 'text/*': the gateway accepts text/plain of it, because it matches media types exactly"],
  ['video/*', [], "requestBody of 'video/*': the gateway accepts nothing of it, because it matches media types exactly"],
  ['json', [], "requestBody of 'json': the gateway does not accept it, because it is not a media type"],
])('makes exact media types of %s', (key, mediaTypes, note) => {
  const body = importBody(HttpMethod.PUT, { required: true, content: { [key]: {} } });
  expect(body).toMatchObject({ contentRequired: mediaTypes.length > 0, notEnforced: [note] });
  expect(body.content.map(({ mediaType }) => mediaType)).toEqual(mediaTypes);
});

test('keeps the first of two declarations of one media type', () => {
  const { content, notEnforced } = importBody(HttpMethod.POST, { content: { 'application/json': { schema }, 'application/*': { schema: { type: 'array' } } } });
  expect(content).toEqual([{ mediaType: 'application/json', schema }]);
  expect(notEnforced).toContain("requestBody of 'application/*' is not checked: application/json is declared twice");
});

test.each([HttpMethod.GET, HttpMethod.HEAD])('ignores a body of %s', (method) => {
  expect(importBody(method, { required: true, content: { 'application/json': { schema } } })).toEqual({
    content: [],
    contentRequired: false,
    notEnforced: [`requestBody is ignored: a body of ${method} has no meaning`],
  });
});
