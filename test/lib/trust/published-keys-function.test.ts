import { StampedEnvironment } from '../../fixtures/environment-stage';
import { actionsOf, statementsOf } from '../../fixtures/iam-policy';

const stamped = new StampedEnvironment();
const functions = (id: string): unknown[] => stamped.resources(id, 'AWS::Lambda::Function').map(({ Description }) => Description);

test('runs in the domain that is closest to the services, once', () => {
  expect(functions('Internal')).toContain('Serves the public keys that verify trust tokens');
  expect([...functions('Public'), ...functions('Partner')]).not.toContain('Serves the public keys that verify trust tokens');
});

test('reads the published keys and never the private one', () => {
  const [handler] = stamped.resources('Internal', 'AWS::Lambda::Function').filter(({ Description }) => /public keys/.test(String(Description))) as [{ Environment: { Variables: Record<string, unknown> } }];
  const published = handler.Environment.Variables.PUBLISHED_KEYS_SECRET_ARN;
  expect(JSON.stringify(published)).toMatch(/PublishedKeys/);
  const read = statementsOf(stamped.template('Internal')).filter((statement) => actionsOf(statement).includes('secretsmanager:GetSecretValue'));
  expect(read.filter(({ Resource }) => JSON.stringify(Resource) === JSON.stringify(published))).toHaveLength(1);
  expect(read).toHaveLength(2);
});
