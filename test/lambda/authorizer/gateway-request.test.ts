import { GatewayRequest } from '../../../lambda/authorizer/gateway-request';
import { requestEvent } from '../fixtures/authorizer';

test('finds every value of a header, whatever its spelling', () => {
  const request = new GatewayRequest(requestEvent({ headers: { 'X-One': ['a', 'b'], 'x-one': ['c'], X_One: ['d'] } }));
  expect(request.header('x-ONE')).toEqual(['a', 'b', 'c', 'd']);
  expect(request.header('x-two')).toEqual([]);
});

test('finds a header that only the single values show', () => {
  const event = { ...requestEvent(), headers: { 'Txn-Token': 'x' }, multiValueHeaders: null };
  expect(new GatewayRequest(event).header('txn-token')).toEqual(['x']);
});

test('reads an event without headers, stage variables or certificate', () => {
  const request = new GatewayRequest({ ...requestEvent(), headers: null, multiValueHeaders: null, stageVariables: null });
  expect([request.header('authorization'), request.api, request.certificate]).toEqual([[], '', undefined]);
});

test('names a request by the id that callers cannot choose', () => {
  expect(new GatewayRequest(requestEvent()).requestId).toBe('given-by-gateway');
});
