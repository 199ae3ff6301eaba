import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RegionalEndpoint, RegionalEndpointProps, TrustStore } from '../../../lib';
import { certificateFile } from '../../fixtures/declaration';
import { TestStack } from '../../fixtures/test-stack';

const trustStore = (name: string): TrustStore => TrustStore.fromPem({ acme: certificateFile(name) });

function endpoint(props: Partial<RegionalEndpointProps> = {}): { template: Template; folder: string } {
  const stack = new TestStack();
  const created = new RegionalEndpoint(stack, 'Endpoint', { domainName: 'api.test.bank.example', ...props });
  created.mapApi(stack, 'Mapping', 'api-id', 'live', 'accounts/cards');
  created.mapApi(stack, 'RootMapping', 'root-id', 'live', '');
  return { template: Template.fromStack(stack), folder: (stack.node.root as App).synth().directory };
}

function trustStoreUri(template: Template): string {
  const [domain] = Object.values(template.findResources('AWS::ApiGateway::DomainName')) as { Properties: { MutualTlsAuthentication: { TruststoreUri: string } } }[];
  return domain!.Properties.MutualTlsAuthentication.TruststoreUri;
}

test('speaks TLS 1.3 only, to clients that name the host they mean', () => {
  endpoint().template.hasResourceProperties('AWS::ApiGateway::DomainName', {
    SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
    EndpointAccessMode: 'STRICT',
    EndpointConfiguration: { Types: ['REGIONAL'] },
    MutualTlsAuthentication: Match.absent(),
  });
});

test('demands client certificates with a trust store, on the newest policy that allows them', () => {
  endpoint({ trustStore: trustStore('ec-256') }).template.hasResourceProperties('AWS::ApiGateway::DomainName', {
    SecurityPolicy: 'TLS_1_2',
    EndpointAccessMode: Match.absent(),
    MutualTlsAuthentication: { TruststoreUri: Match.stringLikeRegexp('^s3://cdk-[^/]+/[0-9a-f]{64}\\.pem$') },
  });
});

test('publishes the trust store before the domain, as an asset that holds exactly its certificates', () => {
  const { template, folder } = endpoint({ trustStore: trustStore('rsa-2048') });
  const key = trustStoreUri(template).split('/').at(-1)!;
  expect(readFileSync(join(folder, `asset.${key}`), 'utf8')).toBe(readFileSync(certificateFile('rsa-2048'), 'utf8'));
});

test('loads a changed trust store, because its address changes with its content', () => {
  const uri = (name: string): string => trustStoreUri(endpoint({ trustStore: trustStore(name) }).template);
  expect(uri('ec-256')).toBe(uri('ec-256'));
  expect(uri('ec-256')).not.toBe(uri('rsa-2048'));
});

test('has an ECDSA certificate that renews by itself', () => {
  endpoint().template.hasResourceProperties('AWS::CertificateManager::Certificate', { DomainName: 'api.test.bank.example', KeyAlgorithm: 'EC_prime256v1', ValidationMethod: 'DNS', DomainValidationOptions: Match.absent() });
});

test('validates its certificate and publishes its name in a hosted zone, where there is one', () => {
  const { template } = endpoint({ hostedZoneId: 'Z1' });
  template.hasResourceProperties('AWS::CertificateManager::Certificate', { DomainValidationOptions: [{ DomainName: 'api.test.bank.example', HostedZoneId: 'Z1' }] });
  template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'api.test.bank.example', Type: 'A', HostedZoneId: 'Z1' });
  expect(template.findOutputs('*')).toEqual({});
});

test('says what to make the alias of, where there is no hosted zone', () => {
  const { template } = endpoint();
  template.resourceCountIs('AWS::Route53::RecordSet', 0);
  expect(Object.values(template.findOutputs('*'))).toEqual([expect.objectContaining({ Description: 'Make api.test.bank.example an alias of this name' })]);
});

test('serves a REST API under a path of several segments, and the rest under none', () => {
  const { template } = endpoint();
  template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiId: 'api-id', Stage: 'live', ApiMappingKey: 'accounts/cards' });
  template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiId: 'root-id', Stage: 'live', ApiMappingKey: Match.absent() });
});
