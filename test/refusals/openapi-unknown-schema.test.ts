import { GatewayModels } from '../../lib/gateway/model';

test('refuses a $ref to a schema that an API service does not have', () => {
  const models = new GatewayModels({ Account: { type: 'object' } });
  expect(() => models.body('application/json', { items: { $ref: '#/components/schemas/Acount' } })).toThrow(
    new Error("OPENAPI_REF: every $ref points inside the document, as '#/…', to something that exists, got '#/components/schemas/Acount' in application/json#/items; write #/components/schemas/NAME with a NAME that is in schemas"),
  );
});
