import { ContextVariables } from '../../../local/rest-api/context-variables';
import { mappedValue, withStageVariables, type MappingSource } from '../../../local/rest-api/parameter-mapping';

const VARIABLES = { url: 'backend.example', fn: 'accounts', version: '7' };

// https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html (HTTP integration URIs, Lambda functions)
test.each([
  ['http://${stageVariables.url}', 'http://backend.example'],
  ['http://${stageVariables.url}/resource/operation', 'http://backend.example/resource/operation'],
  ['http://${stageVariables.fn}.example.com/a', 'http://accounts.example.com/a'],
  ['http://example.com/${stageVariables.fn}/bar', 'http://example.com/accounts/bar'],
  ['http://example.com/foo?q=${stageVariables.fn}', 'http://example.com/foo?q=accounts'],
  ['arn:aws:lambda:x:1:function:${stageVariables.fn}:${stageVariables.version}', 'arn:aws:lambda:x:1:function:accounts:7'],
])('puts stage variables into %s', (uri, expected) => {
  expect(withStageVariables(uri, VARIABLES)).toBe(expected);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html ("without any partial substitution")
test('maps a stage variable, and puts none into a literal', () => {
  const source = { stageVariables: VARIABLES, context: new ContextVariables() } as unknown as MappingSource;
  expect([mappedValue('stageVariables.fn', source), mappedValue('stageVariables.none', source), mappedValue('\'${stageVariables.fn}\'', source)]).toEqual(['accounts', undefined, '${stageVariables.fn}']);
});

test('refuses a stage that lacks a variable', () => {
  expect(() => withStageVariables('http://${stageVariables.none}', VARIABLES)).toThrow('LOCAL_STAGE_VARIABLE: the stage sets every variable of http://${stageVariables.none}, got no none; write Variables: { none: ... } on the stage');
});
