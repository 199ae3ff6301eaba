import { Match, Template } from 'aws-cdk-lib/assertions';
import { KmsSigningKeys, TrustTokenSigning } from '../../../lib';
import { StampedEnvironment } from '../../fixtures/environment-stage';
import { actionsOf, statementsOf } from '../../fixtures/iam-policy';
import { testEnvironment } from '../../fixtures/declaration';
import { TestStack } from '../../fixtures/test-stack';

type Statement = { Sid: string; Effect: string; Action: string | string[]; Principal: unknown; Condition?: unknown };

const stack = new TestStack();
new KmsSigningKeys(stack, 'Keys');
const template = Template.fromStack(stack);
const keys = Object.values(template.findResources('AWS::KMS::Key')) as { Properties: { KeyPolicy: { Statement: Statement[] } } }[];

const stamps = new Map<number, StampedEnvironment>();
function stamp(generation: number): StampedEnvironment {
  const stamped = stamps.get(generation) ?? new StampedEnvironment({ environment: testEnvironment({ signing: TrustTokenSigning.kmsGeneration(generation) }) });
  stamps.set(generation, stamped);
  return stamped;
}

test('makes the key that signs and the next one, P-256, whose deletion takes thirty days', () => {
  expect(keys).toHaveLength(2);
  template.allResources('AWS::KMS::Key', { Properties: Match.objectLike({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', PendingWindowInDays: 30 }), DeletionPolicy: 'Delete' });
});

test('lets the account administer the key and not use it', () => {
  for (const { Properties: { KeyPolicy } } of keys) {
    const [administer] = KeyPolicy.Statement.filter(({ Sid }) => Sid === 'Administer');
    expect([administer!.Action].flat().filter((action) => /\*|Sign|Grant$|Encrypt|ReEncrypt|DeriveSharedSecret/.test(action))).toEqual([]);
    expect(JSON.stringify(administer!.Principal)).toContain(':iam::222222222222:root');
  }
});

test('lets roles of the duty sign, and denies it to everybody else whatever their policies or grants say', () => {
  const tag = { 'aws:PrincipalTag/ApiSecurityDuty': 'sign-trust-tokens' };
  for (const { Properties: { KeyPolicy: { Statement } } } of keys) {
    const signing = Statement.filter(({ Action }) => [Action].flat().some((action) => action === 'kms:Sign'));
    expect(signing).toEqual([
      expect.objectContaining({ Effect: 'Allow', Condition: { StringEquals: tag } }),
      expect.objectContaining({ Effect: 'Deny', Principal: { AWS: '*' }, Condition: { StringNotEquals: tag } }),
    ]);
    expect(Statement).toContainEqual(expect.objectContaining({ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'kms:CreateGrant' }));
    expect(Statement.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  }
});

test('gives authorizers the two keys that may sign, for digests and one algorithm, and no secret', () => {
  for (const id of ['Public', 'Partner', 'Internal']) {
    const statements = statementsOf(stamp(3).template(id));
    const signing = statements.filter((statement) => actionsOf(statement).includes('kms:Sign'));
    expect(signing).toEqual([expect.objectContaining({ Condition: { StringEquals: { 'kms:MessageType': 'DIGEST', 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } } })]);
    expect(generationsIn(signing)).toEqual([3, 4]);
    expect(statements.filter((statement) => actionsOf(statement).some((action) => action.startsWith('secretsmanager:')))).toEqual([]);
  }
});

test('lets the publisher read public keys and their state, and nothing else of them', () => {
  const published = statementsOf(stamp(3).template('Internal')).filter((statement) => actionsOf(statement).includes('kms:GetPublicKey'));
  expect(generationsIn(published)).toEqual([2, 3, 4]);
  expect(published).toEqual([expect.objectContaining({ Action: ['kms:DescribeKey', 'kms:GetPublicKey'] })]);
});

test('stamps neither secrets nor a rotation, and reaches KMS inside the network, for this account only', () => {
  expect(stamp(3).stacks.flatMap((one) => Object.keys(Template.fromStack(one).findResources('AWS::SecretsManager::Secret')))).toEqual([]);
  stamp(3).template('Network').hasResourceProperties('AWS::EC2::VPCEndpoint', {
    ServiceName: 'com.amazonaws.ap-southeast-2.kms', PrivateDnsEnabled: true,
    PolicyDocument: { Statement: [Match.objectLike({ Condition: { StringEquals: { 'aws:PrincipalAccount': '222222222222', 'aws:ResourceAccount': '222222222222' } } })] },
  });
});

test('has no endpoint of KMS where Secrets Manager keeps the key', () => {
  const services = new StampedEnvironment().resources('Network', 'AWS::EC2::VPCEndpoint').map(({ ServiceName }) => ServiceName);
  expect(services).not.toContain('com.amazonaws.ap-southeast-2.kms');
});

test('alarms when KMS fails to sign, in every domain, and on no rotation', () => {
  const alarms = stamp(3).resources('Alarms', 'AWS::CloudWatch::Alarm');
  expect(alarms.filter(({ AlarmDescription }) => String(AlarmDescription).includes('SigningFailures'))).toHaveLength(3);
  expect(alarms.filter(({ AlarmDescription }) => String(AlarmDescription).includes('KeyRotationFailed'))).toEqual([]);
});

/** Stacks of an environment in the order of their deployment; the domains may go in any order among themselves. */
const CONSUMERS = ['Internal', 'Public', 'Partner'];

interface Deployed {
  readonly imports: readonly string[];
  readonly signs?: number;
  readonly publishes?: readonly number[];
}

/** An account as CloudFormation keeps it: what the Trust stack exports, and what each other stack was last told. */
class Account {
  private readonly stacks = new Map<string, Deployed>();
  /** After each step of a deployment: who signs with a key that is not published. */
  public readonly unsafe: string[] = [];

  /** @param stops the stack after which the deployment breaks off. @throws Error where CloudFormation refuses to take an export away */
  public deploy(generation: number, order = CONSUMERS, stops?: string): void {
    const exported = Object.values(stamp(generation).template('Trust').toJSON().Outputs as Record<string, { Export: { Name: string } }>).map(({ Export }) => Export.Name);
    const [lost] = [...this.stacks.values()].flatMap(({ imports }) => imports).filter((name) => !exported.includes(name));
    if (lost !== undefined) throw new Error(`Export ${lost} cannot be deleted as it is in use`);
    for (const id of order) {
      this.stacks.set(id, deployed(id, generation));
      this.check(generation, id);
      if (id === stops) return;
    }
  }

  private check(generation: number, after: string): void {
    const published = [...this.stacks.values()].flatMap(({ publishes }) => publishes ?? []);
    for (const [id, { signs }] of this.stacks) {
      if (signs !== undefined && published.length > 0 && !published.includes(signs)) this.unsafe.push(`${id} signs with ${signs} after ${after} of ${generation}`);
    }
  }
}

function deployed(id: string, generation: number): Deployed {
  const resources = stamp(generation).template(id).toJSON().Resources as Record<string, { Properties?: { Environment?: { Variables?: Record<string, unknown> } } }>;
  const variables = Object.assign({}, ...Object.values(resources).map(({ Properties }) => Properties?.Environment?.Variables)) as Record<string, unknown>;
  return {
    imports: [...JSON.stringify(resources).matchAll(/"Fn::ImportValue":"([^"]*SigningKeys[^"]*)"/g)].map(([, name]) => name!),
    signs: generationsIn(variables.SIGNING_KEY_ARNS)[0],
    ...variables.PUBLISHED_KEY_ARNS === undefined ? {} : { publishes: generationsIn(variables.PUBLISHED_KEY_ARNS) },
  };
}

/** Generations of the keys that a value refers to; of one digit here. */
function generationsIn(value: unknown): readonly number[] {
  const found = [...JSON.stringify(value).matchAll(/KeysGeneration(\d)[0-9A-F]{8}/g)].map(([, number]) => Number(number));
  return [...new Set(found)].sort((one, other) => one - other);
}

const ORDERS = [CONSUMERS, [...CONSUMERS].reverse(), ['Public', 'Internal', 'Partner']];

test.each(ORDERS)('signs with published keys only through every step of three rotations, domains deployed as %s, %s, %s', (...order) => {
  const account = new Account();
  for (const generation of [1, 2, 3, 4, 5]) account.deploy(generation, order);
  expect(account.unsafe).toEqual([]);
});

test('has published a key for a whole generation before it signs, and goes on for another', () => {
  for (const generation of [1, 2, 3, 4]) {
    const published = (of: number): readonly number[] => generationsIn(statementsOf(stamp(of).template('Internal')).filter((statement) => actionsOf(statement).includes('kms:GetPublicKey')));
    expect(published(generation)).toContain(generation + 1);
    expect(published(generation + 1)).toContain(generation);
  }
});

test.each([[2, 4], [3, 5], [4, 3], [4, 2]])('is refused by CloudFormation to go from generation %d to %d', (from, to) => {
  const account = new Account();
  for (let generation = 1; generation <= from; generation += 1) account.deploy(generation);
  expect(() => account.deploy(to)).toThrow('in use');
  expect(account.unsafe).toEqual([]);
});

test.each([['Internal', ['Public', 'Partner', 'Internal'], 'Partner'], ['Partner', CONSUMERS, 'Public'], ['Public', ['Internal', 'Public'], 'Internal']])('is refused by CloudFormation to leave the stack %s behind', (_behind, order, last) => {
  const account = new Account();
  [1, 2, 3].forEach((generation) => account.deploy(generation));
  account.deploy(4, order, last);
  expect(() => account.deploy(5)).toThrow('in use');
  account.deploy(4);
  account.deploy(5);
  expect(account.unsafe).toEqual([]);
});
