import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../../../lib/evidence/assembly';
import { controlReport } from '../../../lib/evidence/control-report';
import { markdown } from '../../../lib/evidence/markdown';
import { evaluateAll, trace, traceRows } from '../../../lib/evidence/trace';
import { describeClaims } from './claims';
import { writeFixture } from './fixture-assembly';

const directory = writeFixture(mkdtempSync(join(tmpdir(), 'claims-')));
const fixture = readAssembly(directory);
afterAll(() => rmSync(directory, { recursive: true }));

describeClaims('on the fixture', () => fixture);

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
