import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../../../lib/evidence/assembly';
import { controlReport } from '../../../lib/evidence/control-report';
import { markdown } from '../../../lib/evidence/markdown';
import { evaluateAll, isFallen, trace, traceRows } from '../../../lib/evidence/trace';
import { describeClaims, describeHostileChanges } from './claims';
import { writeFixture } from './fixture-assembly';

const directory = writeFixture(mkdtempSync(join(tmpdir(), 'claims-')));
const fixture = readAssembly(directory);
afterAll(() => rmSync(directory, { recursive: true }));

describeClaims('on the fixture', () => fixture);
describeHostileChanges('in the files of the fixture', () => directory);

test('names check, environment and property of a claim that does not hold', () => {
  const changed = writeFixture(mkdtempSync(join(tmpdir(), 'claims-')), (resources, environment) => {
    if (environment === 'Test') delete (resources.InternalApi as { Properties: { DisableExecuteApiEndpoint?: boolean } }).Properties.DisableExecuteApiEndpoint;
  });
  const text = markdown(controlReport(trace(readAssembly(changed))));
  rmSync(changed, { recursive: true });
  expect(text).toContain('[ISM-0628](#ism-0628-api-gateway) (API Gateway) was claimed as implemented');
  expect(text).toContain('`default-endpoint-disabled`\n    - Test fails: not so: DisableExecuteApiEndpoint is true\n      - Test/Edge: `InternalApi`');
});

test('does not ask for the partner endpoint of an app without a partner domain', () => {
  const partnerless = { environments: fixture.environments.map((environment) => ({ ...environment, resources: environment.resources.filter(({ logicalId }) => !/partner/i.test(logicalId)) })) };
  expect(traceRows(evaluateAll(partnerless)).filter(({ holds }) => !holds)).toEqual([]);
});

test('asks for the partner endpoint wherever there is a partner authorizer', () => {
  const endpointless = { environments: fixture.environments.map((environment) => ({ ...environment, resources: environment.resources.filter(({ logicalId }) => logicalId !== 'PartnerDomain') })) };
  expect(evaluateAll(endpointless).get('partner-domain-mutual-tls')?.holds).toBe(false);
});

test('tells the authorizers of the security domains apart', () => {
  const swapped = writeFixture(mkdtempSync(join(tmpdir(), 'claims-')), (resources) => {
    (resources.PartnerStage as { Properties: { Variables: Record<string, unknown> } }).Properties.Variables.authorizerFunction = { Ref: 'AuthorizerHandlerpublic' };
  });
  const results = evaluateAll(readAssembly(swapped));
  rmSync(swapped, { recursive: true });
  expect([...results].filter(([, { holds }]) => !holds).map(([id]) => id)).toEqual(['partner-authorizer']);
});

test('calls a row partly implemented, and holds it, where a qualifier fails', () => {
  const unread = { environments: fixture.environments.map((environment) => ({ ...environment, resources: environment.resources.filter(({ type }) => type !== 'AWS::SNS::Subscription') })) };
  const row = traceRows(evaluateAll(unread)).find(({ row: { control, asset } }) => control === 'ISM-0634' && asset === 'API Gateway');
  expect(row).toMatchObject({ holds: true, state: 'partly implemented' });
  expect(row?.missing).toContain('In Production, Test: nobody is subscribed to the topic of the alarms; they show in the console and reach nobody.');
});

test('claims no validation of files for an app that takes none, and calls no claim fallen', () => {
  const fileless = { environments: fixture.environments.map((environment) => ({ ...environment, resources: environment.resources.filter(({ type, logicalId }) => !['AWS::GuardDuty::MalwareProtectionPlan', 'AWS::Events::Rule'].includes(type) && !/FileRelease|Quarantine|Released/.test(logicalId)) })) };
  const rows = traceRows(evaluateAll(fileless));
  expect(rows.find(({ row: { control } }) => control === 'ISM-1284')?.state).toBe('not implemented');
  expect(rows.filter(isFallen)).toEqual([]);
});
