import { ApiKey, Consumer, SecurityDomain } from '../../lib';
import { partnerDomain, publicDomain } from '../fixtures/declaration';
import { StampedEnvironment } from '../fixtures/environment-stage';
import { refusalOf } from '../fixtures/refusal';

function stamp(count: number): StampedEnvironment {
  const internal = SecurityDomain.internal({ consumers: Array.from({ length: count }, (_, index) => Consumer.system(`${'a'.repeat(36)}${index}`, { apiKey: ApiKey.rotated() })) });
  return new StampedEnvironment({ securityDomains: [publicDomain(), partnerDomain(), internal] });
}

test('refuses more API keys than the stack of a domain can hold', () => {
  expect(refusalOf(() => stamp(101))).toBe('API_KEYS: at most 100 consumers of a security domain have an API key, got 101 in the internal domain; write apiKey on the consumers that need it');
});

test('keeps 100 of them within what a stack, a policy, a role and a function can hold', () => {
  const template = stamp(100).template('Internal');
  expect(Object.keys(template.toJSON().Resources as object).length).toBeLessThan(500);
  const arn = `arn:aws-us-gov:secretsmanager:ap-southeast-2:222222222222:secret:${'E'.repeat(30)}/internal/${'a'.repeat(40)}/api-key-AbCdEf`;
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => Properties as { PolicyDocument: object; Roles?: object[] });
  for (const { PolicyDocument } of policies) {
    const length = JSON.stringify(PolicyDocument).replace(/\{"Ref":"ApiKeys[^}]*\}/g, `"${arn}"`).length;
    expect(length).toBeLessThan(6144);
  }
  const perRole = policies.flatMap(({ Roles = [] }) => Roles.map((role) => JSON.stringify(role)));
  for (const role of new Set(perRole)) expect(perRole.filter((one) => one === role).length).toBeLessThan(10);
  expect(Object.keys(template.findResources('AWS::Lambda::Permission', { Properties: { Principal: 'secretsmanager.amazonaws.com' } }))).toHaveLength(1);
});
