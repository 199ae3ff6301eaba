import '../setup/every-rule';
import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { VALIDATE_AGAINST_DEFAULT_RULES } from 'aws-cdk-lib/cx-api';
import { IConstruct } from 'constructs';
import { ApiSecurity, Environment } from '../../lib';
import { apiGroup, environmentProps, everyDomain, production } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

type Reasons = { readonly [rule: string]: string };
const dropped = { rule: '' };

jest.mock('../../lib/private/acknowledged-rules', () => {
  const { acknowledge } = jest.requireActual<{ acknowledge: (construct: IConstruct, reasons: Reasons) => void }>('../../lib/private/acknowledged-rules');
  return { acknowledge: (construct: IConstruct, reasons: Reasons) => acknowledge(construct, Object.fromEntries(Object.entries(reasons).filter(([rule]) => rule !== dropped.rule))) };
});

/** What a team writes, with template findings as errors. */
function bank(): { app: App; security: ApiSecurity } {
  const app = new App({ postCliContext: { [VALIDATE_AGAINST_DEFAULT_RULES]: true } });
  const security = new ApiSecurity(app, 'Bank', { environments: [Environment.development(environmentProps()), production()], securityDomains: everyDomain(), groups: [apiGroup()] });
  return { app, security };
}

/** The report of a synthesis that must fail. */
function findings(app: App): string {
  try {
    app.synth();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('The synthesis succeeded.');
}

beforeEach(() => {
  dropped.rule = '';
});

test('is clean under every rule pack and under CloudFormation validation', () => {
  const { app, security } = bank();
  expect(() => app.synth()).not.toThrow();
  expect(security.stages.map(({ stageName }) => stageName)).toEqual(['Development', 'Production']);
});

test('fails the synthesis of the whole app for an unencrypted bucket of the team', () => {
  const { app } = bank();
  new Bucket(new Stack(app, 'Own'), 'Uploads');
  expect(findings(app)).toMatch(/S3BucketSSLRequestsOnly|AwsSolutions-S10/);
});

test.each(['NIST.800.53.R5-APIGWCacheEnabledAndEncrypted', 'AwsSolutions-SMG4'])('fails the synthesis without the acknowledgement of %s', (rule) => {
  dropped.rule = rule;
  const { app } = bank();
  expect(findings(app)).toContain(rule);
});

test('refuses a declaration before it stamps anything', () => {
  const app = new App();
  expect(refusalOf(() => new ApiSecurity(app, 'Bank', { environments: [production(), production()], securityDomains: everyDomain(), groups: [apiGroup()] }))).toContain('DUPLICATE_NAME');
  expect(app.node.children.filter((child) => child instanceof Stack)).toEqual([]);
});
