import { ApiGroup, Consumer } from '../../lib';
import { apiService } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const refused = ['', 'Accounts', '1accounts', 'accounts-', 'accounts--old', 'accounts_old', 'accounts/old', '-accounts', 'a'.repeat(41)];

test.each(refused)("refuses the name '%s' of a service, base path, group or consumer", (name) => {
  const message = `NAME: a name is 1 to 40 lower-case letters, digits and single hyphens, starting with a letter, got '${name}'; write a name such as 'accounts'`;
  expect(refusalOf(() => apiService({}, name))).toBe(message);
  expect(refusalOf(() => apiService({ basePath: name }))).toBe(message);
  expect(refusalOf(() => new ApiGroup(name, { services: [] }))).toBe(message);
  expect(refusalOf(() => Consumer.system(name))).toBe(message);
});

test.each(['a', 'accounts-2', 'a'.repeat(40)])("accepts the name '%s'", (name) => {
  expect(apiService({}, name).name).toBe(name);
});
