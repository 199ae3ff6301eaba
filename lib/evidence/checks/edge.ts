import type { Check } from '../check';
import type { Condition } from '../condition';
import { GATEWAY_ENDPOINT, ONLY_THROUGH_ENDPOINT } from './private-access';
import { domainDeclared } from './security-domain';

const DOMAIN = 'AWS::ApiGateway::DomainName';
const MUTUAL_TLS: Condition = { path: 'MutualTlsAuthentication', exists: true };
const NO_MUTUAL_TLS: Condition = { path: 'MutualTlsAuthentication', exists: false };

const ENDS_VERSIONS = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:ReplicateDelete', 's3:ReplicateObject'];
const STOPS_VERSIONS = ['s3:PutBucketVersioning', 's3:PutLifecycleConfiguration'];

/** A statement of the bucket's policy that denies all of these actions to everybody, or everybody under that condition. */
function denied(actions: readonly string[], condition: Condition): Condition {
  const statement: readonly Condition[] = [{ path: 'Effect', equals: 'Deny' }, { path: 'Principal.AWS', equals: '*' }, ...actions.map((action) => ({ path: 'Action', contains: action })), condition];
  return { path: '', referencedBy: { type: 'AWS::S3::BucketPolicy', path: 'Bucket', that: [{ path: 'PolicyDocument.Statement', someItem: statement }] } };
}

/** Keeps every version of what one role writes. */
const RESERVED_BUCKET: readonly Condition[] = [
  { path: '$type', equals: 'AWS::S3::Bucket' }, { path: 'VersioningConfiguration.Status', equals: 'Enabled' },
  { path: '', referencedBy: { type: 'AWS::S3::BucketPolicy', path: 'Bucket', that: [{ path: 'PolicyDocument.Statement', someItem: [{ path: 'Effect', equals: 'Deny' }, { path: 'Action', equals: 's3:PutObject' }, { path: 'Condition.ArnNotEquals.aws:PrincipalArn', exists: true }] }] } },
  denied(ENDS_VERSIONS, { path: 'Condition', exists: false }),
  denied(STOPS_VERSIONS, { path: 'Condition', only: ['ForAllValues:StringNotEquals', 'ArnNotLike'] }),
];

/** What faces the callers: domain names and trust stores. */
export const EDGE_CHECKS: readonly Check[] = [
  {
    id: 'public-domain-tls13',
    shows: 'The public domain name negotiates TLS 1.3 only.',
    types: [DOMAIN], where: [NO_MUTUAL_TLS], that: [{ path: 'SecurityPolicy', matches: '^SecurityPolicy_TLS13_1_3_' }], quantifier: 'every', declaredBy: domainDeclared('public'),
  },
  {
    id: 'public-domain-strict-access',
    shows: 'The public domain name rejects a TLS server name that differs from the host.',
    types: [DOMAIN], where: [NO_MUTUAL_TLS], that: [{ path: 'EndpointAccessMode', equals: 'STRICT' }], quantifier: 'every', declaredBy: domainDeclared('public'),
  },
  {
    id: 'partner-domain-mutual-tls',
    shows: 'The partner domain name asks every client for a certificate of its trust store, which lies in the deployment\'s asset bucket under a content-addressed key; or, with private CAs, is one version of an object that a deployment stores in a bucket of its own, which only the function that does so writes and in which nobody deletes.',
    types: [DOMAIN], where: [{ path: 'SecurityPolicy', equals: 'TLS_1_2' }],
    that: [{ path: 'MutualTlsAuthentication.TruststoreUri', anyOf: [[{ path: '', matches: '^s3://[^/]+/[0-9a-f]{64}\\.pem$' }], [{ path: '', mentions: RESERVED_BUCKET }]] }, { path: '$trustStore', exists: true }], quantifier: 'every', declaredBy: domainDeclared('partner'),
  },
  {
    id: 'partner-domain-tls12',
    shows: 'The partner domain name refuses anything older than TLS 1.2.',
    types: [DOMAIN], where: [MUTUAL_TLS], that: [{ path: 'SecurityPolicy', equals: 'TLS_1_2' }], quantifier: 'every', declaredBy: domainDeclared('partner'),
  },
  {
    id: 'internal-domain-private',
    shows: 'The internal domain name is private: it resolves and answers inside the VPC only.',
    types: ['AWS::ApiGateway::DomainNameV2'], that: [{ path: 'EndpointConfiguration.Types', contains: 'PRIVATE' }], quantifier: 'every', declaredBy: domainDeclared('internal'),
  },
  {
    id: 'internal-domain-policy',
    shows: 'The internal domain name denies everybody every call but through a VPC endpoint of its environment.',
    types: ['AWS::ApiGateway::DomainNameV2'], that: [ONLY_THROUGH_ENDPOINT], quantifier: 'every', declaredBy: domainDeclared('internal'),
  },
  {
    id: 'domain-certificate',
    shows: 'Public and partner domain names serve HTTPS, each with a certificate of its own.',
    types: [DOMAIN], that: [{ path: 'RegionalCertificateArn', exists: true }], quantifier: 'every', declaredBy: domainDeclared('public', 'partner'),
  },
  {
    id: 'internal-domain-certificate',
    shows: 'The internal domain name serves HTTPS with a certificate of its own.',
    types: ['AWS::ApiGateway::DomainNameV2'], that: [{ path: 'CertificateArn', exists: true }], quantifier: 'every', declaredBy: domainDeclared('internal'),
  },
  {
    id: 'internal-domain-associated',
    shows: 'The internal domain name is offered to a VPC endpoint of its environment by an explicit association.',
    types: ['AWS::ApiGateway::DomainNameAccessAssociation'], that: [{ path: 'AccessAssociationSource', refersTo: GATEWAY_ENDPOINT }, { path: 'AccessAssociationSourceType', equals: 'VPCE' }],
    quantifier: 'some', declaredBy: domainDeclared('internal'),
  },
  {
    id: 'certificates-strong',
    shows: 'Certificates have elliptic-curve keys, or RSA keys of 2048 bits or more.',
    types: ['AWS::CertificateManager::Certificate'], that: [{ path: 'KeyAlgorithm', matches: '^(EC_|RSA_(2048|3072|4096)$)' }], quantifier: 'every', declaredBy: domainDeclared('public', 'partner', 'internal'),
  },
];
