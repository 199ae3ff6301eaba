import { EnvironmentAssembly } from '../../../local/assembly/environment-assembly';
import { environmentNames } from '../../../local/assembly/cloud-assembly';
import { fixtureAssembly, type FixtureAssembly } from '../fixture-assembly';

let fixture: FixtureAssembly;
beforeAll(async () => { fixture = await fixtureAssembly(); });
afterAll(() => { fixture.remove(); });

test('reads the stacks of the nested assembly of an environment', () => {
  const assembly = EnvironmentAssembly.read(fixture.app, 'Test');
  expect(assembly.stacks.map(({ name, account, region }) => `${name} ${account} ${region}`)).toEqual(['Test-Trust 111111111111 ap-southeast-2', 'Test-Edge 111111111111 ap-southeast-2']);
  expect(environmentNames(fixture.app)).toEqual(['Test']);
});

test('resolves an import to the export of another stack', () => {
  const assembly = EnvironmentAssembly.read(fixture.app);
  const keys = assembly.resources('AWS::ApiGateway::RestApi').find(({ logicalId }) => logicalId === 'Keys')!;
  expect(JSON.stringify(keys.properties)).toContain('arn:aws:lambda:ap-southeast-2:111111111111:function:Test-Trust-Keys-');
});

test('finds an asset by bucket and key', () => {
  expect(EnvironmentAssembly.read(fixture.app).asset('cdk-assets-111111111111-ap-southeast-2', 'accounts.json').path).toMatch(/asset\.accounts\.json$/);
});

test('refuses an environment that the app does not have', () => {
  expect(() => EnvironmentAssembly.read(fixture.app, 'Staging')).toThrow('LOCAL_ENVIRONMENT: an environment is a nested assembly of the app, got Staging; write --environment with one of Test');
});

test('refuses a directory that is no cloud assembly', () => {
  expect(() => EnvironmentAssembly.read(__dirname)).toThrow(/^LOCAL_ASSEMBLY: a cloud assembly is a directory with a manifest.json, got .*; write --app cdk.out after `cdk synth`$/);
});

test('refuses an asset that no stack publishes', () => {
  expect(() => EnvironmentAssembly.read(fixture.app).asset('bucket', 'missing.json')).toThrow('LOCAL_ASSET: an object that a template points to is a file asset of its assembly, got s3://bucket/missing.json; write an asset made with aws-s3-assets');
});
