import { Environment } from '../../lib';
import { environmentProps } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const message = (got: string, write: string): string => `ENVIRONMENT_NAME: an environment name is a capital letter and at most 29 letters or digits, and production alone is named Production, got ${got}; write ${write}`;

test.each(['staging', 'Pre-Production', '', '1st', `S${'t'.repeat(30)}`])("refuses the environment name '%s'", (name) => {
  expect(refusalOf(() => Environment.nonProduction(name, environmentProps()))).toBe(message(`'${name}'`, "'Staging'"));
});

test.each(['Production', 'PRODUCTION'])('refuses to call an environment %s that is not', (name) => {
  expect(refusalOf(() => Environment.nonProduction(name, environmentProps()))).toBe(message(`'${name}' for an environment that is not production`, "Environment.production({ … }), or another name such as 'Staging'"));
});

test.each(['Staging', 'S', `S${'t'.repeat(29)}`, 'Development', 'Test', 'PreProduction'])("accepts the environment name '%s'", (name) => {
  expect(Environment.nonProduction(name, environmentProps()).name).toBe(name);
});

test('accepts production by its name', () => {
  expect(Environment.production(environmentProps())).toMatchObject({ name: 'Production', isProduction: true });
});
