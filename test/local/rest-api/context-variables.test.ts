import { ContextVariables } from '../../../local/rest-api/context-variables';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html ($context variables)
test('gives what was known from the start until it is set anew, as text', () => {
  const context = new ContextVariables({ requestTimeEpoch: 5, 'identity.userAgent': undefined });
  expect(context.get('requestTimeEpoch')).toBe('5');
  context.set('requestTimeEpoch', 6);
  expect(context.render('at $context.requestTimeEpoch by $context.identity.userAgent.', '-')).toBe('at 6 by -.');
});

test('has no variable that every object has', () => {
  expect(new ContextVariables().render('$context.constructor$context.toString', '-')).toBe('--');
});
