import { Environment } from '../../lib';
import { environmentProps } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test.each(['staging', 'Pre-Production', '', '1st', `S${'t'.repeat(30)}`])("refuses the environment name '%s'", (name) => {
  expect(refusalOf(() => Environment.nonProduction(name, environmentProps()))).toBe(
    `ENVIRONMENT_NAME: an environment name is a capital letter and at most 29 letters or digits, got '${name}'; write 'Staging'`,
  );
});

test.each(['Staging', 'S', `S${'t'.repeat(29)}`])("accepts the environment name '%s'", (name) => {
  expect(Environment.nonProduction(name, environmentProps()).name).toBe(name);
});
