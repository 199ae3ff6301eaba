import { request } from 'node:http';
import { EnvironmentAssembly } from '../../../local/assembly/environment-assembly';
import { storeTrustStores } from '../../../local/peer/stored-trust-stores';
import type { InvocationOutcome } from '../../../local/rest-api/invocation';

const TEMPLATE = {
  Resources: {
    Stored: { Type: 'Custom::StoredTrustStore', Properties: { ServiceToken: 'function', Partners: { acme: { Files: [], PrivateAuthorities: ['arn-of-a-ca'], Revisions: [] } } } },
    Domain: { Type: 'AWS::ApiGateway::DomainName', Properties: { MutualTlsAuthentication: { TruststoreVersion: { 'Fn::GetAtt': ['Stored', 'BundleVersion'] } } } },
  },
};
const assembly = (): EnvironmentAssembly => new EnvironmentAssembly([{ name: 'Partner', account: '222222222222', region: 'ap-southeast-2', template: TEMPLATE, assets: [] }]);
const version = (read: EnvironmentAssembly): unknown => read.resources('AWS::ApiGateway::DomainName')[0]!.properties.MutualTlsAuthentication;

/** A function that answers at the URL that it is given. */
const answering = (answer: object) => ({
  invoke: (_: string, event: unknown): Promise<InvocationOutcome> => new Promise((resolve) => {
    request((event as { ResponseURL: string }).ResponseURL, { method: 'PUT' }, (response) => { response.resume().on('end', () => { resolve({ result: undefined } as unknown as InvocationOutcome); }); }).end(JSON.stringify(answer));
  }),
});

test('gives the resource the attributes that its function answers with, also where it was read before', async () => {
  const read = assembly();
  const before = version(read);
  expect(await storeTrustStores(read, answering({ Status: 'SUCCESS', Data: { BundleVersion: 'v1' } }))).toEqual(['arn-of-a-ca']);
  expect(before).not.toEqual({ TruststoreVersion: 'v1' });
  expect(version(read)).toEqual({ TruststoreVersion: 'v1' });
});

test.each<[string, { invoke: () => Promise<InvocationOutcome> } | ReturnType<typeof answering>, string]>([
  ['says that it failed', answering({ Status: 'FAILED', Reason: 'no such CA' }), 'no such CA'],
  ['breaks', { invoke: () => Promise.resolve({ error: { errorType: 'TypeError', errorMessage: 'broken', timedOut: false } }) }, 'TypeError: broken'],
  ['does not answer', { invoke: () => Promise.resolve({ result: undefined } as unknown as InvocationOutcome) }, 'no answer'],
])('starts nothing where the function %s', async (_, functions, words) => {
  await expect(storeTrustStores(assembly(), functions)).rejects.toThrow(`LOCAL_TRUST_STORE: trust store Stored is stored, got ${words}`);
});
