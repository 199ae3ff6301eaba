import { checkOperations } from '../../lib/gateway/operation-check';
import { refusalOf } from '../fixtures/refusal';
import { accountsBody, mutated } from '../fixtures/rest-api-body';

test('refuses a REST API with an operation that anybody could call', () => {
  const open = mutated(accountsBody(), (body) => {
    delete body.paths['/accounts/{id}']!.get!.security;
  });
  expect(refusalOf(() => checkOperations(open))).toBe(
    'OPERATION_OPEN: every operation of a REST API is authorized and validated, got no authorizer on get /accounts/{id}; write the authorizer, the request validator and the trust token mapping on that operation',
  );
});

test('accepts a REST API that the library describes', () => {
  expect(() => checkOperations(accountsBody())).not.toThrow();
});
