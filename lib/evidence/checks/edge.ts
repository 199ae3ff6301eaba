import type { Check } from '../check';
import type { Condition } from '../condition';
import { domainDeclared } from './security-domain';

const DOMAIN = 'AWS::ApiGateway::DomainName';
const MUTUAL_TLS: Condition = { path: 'MutualTlsAuthentication', exists: true };
const NO_MUTUAL_TLS: Condition = { path: 'MutualTlsAuthentication', exists: false };

/** The managed rule groups of every web ACL, and what each is for. */
const MANAGED_GROUPS = [
  ['common', 'AWSManagedRulesCommonRuleSet', 'attacks of the OWASP Top 10 kind'],
  ['bad-inputs', 'AWSManagedRulesKnownBadInputsRuleSet', 'request patterns known to exploit vulnerabilities'],
  ['sql-injection', 'AWSManagedRulesSQLiRuleSet', 'SQL injection'],
  ['ip-reputation', 'AWSManagedRulesAmazonIpReputationList', 'addresses with a record of attacks'],
  ['anonymous-ip', 'AWSManagedRulesAnonymousIpList', 'anonymising proxies'],
] as const;

const managedGroupChecks = MANAGED_GROUPS.map(([name, group, against]): Check => ({
  id: `web-acl-${name}`,
  shows: `The web ACL inspects requests with ${group}, against ${against}.`,
  types: ['AWS::WAFv2::WebACL'],
  that: [{ path: 'Rules', someItem: [{ path: 'Statement.ManagedRuleGroupStatement.Name', equals: group }, { path: 'OverrideAction.None', matches: '.' }] }],
  quantifier: 'every',
}));

/** Rules of the pattern's own in every web ACL: what the statement is about, and what it refuses. */
const OWN_RULES: readonly (readonly [name: string, statement: Condition, refuses: string])[] = [
  ['size', { path: 'Statement', matches: '^(?!.*"content-type").*"SizeConstraintStatement".*"FieldToMatch":{"Body"' }, 'bodies beyond the size that the APIs of the domain declare'],
  ['content-type', { path: 'Statement', matches: '"NotStatement".*"SingleHeader":{"Name":"content-type"}' }, 'content types that no API of the domain declares'],
  ['method', { path: 'Statement', matches: '"NotStatement".*"Method":{}' }, 'methods that no API of the domain declares'],
  ['trust-token', { path: 'Statement.SizeConstraintStatement.FieldToMatch.SingleHeader.Name', equals: 'txn-token' }, 'requests that bring a Txn-Token header of their own'],
  ['rate', { path: 'Statement.RateBasedStatement.Limit', atLeast: 10 }, 'an address that sends more requests than its rate rule allows'],
];

const ownRuleChecks = OWN_RULES.map(([name, statement, refuses]): Check => ({
  id: `web-acl-${name}`,
  shows: `The web ACL blocks ${refuses}.`,
  types: ['AWS::WAFv2::WebACL'],
  that: [{ path: 'Rules', someItem: [statement, { path: 'Action.Block', matches: '.' }] }],
  quantifier: 'every',
}));

/** What faces the callers: domain names, trust stores, web ACLs. */
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
    shows: 'The partner domain name asks every client for a certificate of its trust store.',
    types: [DOMAIN], where: [{ path: 'SecurityPolicy', equals: 'TLS_1_2' }], that: [{ path: 'MutualTlsAuthentication.TruststoreUri', matches: 's3://' }], quantifier: 'every', declaredBy: domainDeclared('partner'),
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
    shows: 'The internal domain name admits the VPC endpoint of its environment and nothing else.',
    types: ['AWS::ApiGateway::DomainNameV2'], that: [{ path: 'Policy', matches: 'aws:SourceVpce' }], quantifier: 'every', declaredBy: domainDeclared('internal'),
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
    shows: 'The internal domain name is offered to a VPC endpoint by an explicit association.',
    types: ['AWS::ApiGateway::DomainNameAccessAssociation'], that: [{ path: 'AccessAssociationSource', exists: true }, { path: 'AccessAssociationSourceType', equals: 'VPCE' }],
    quantifier: 'some', declaredBy: domainDeclared('internal'),
  },
  {
    id: 'certificates-strong',
    shows: 'Certificates have elliptic-curve keys, or RSA keys of 2048 bits or more.',
    types: ['AWS::CertificateManager::Certificate'], that: [{ path: 'KeyAlgorithm', matches: '^(EC_|RSA_(2048|3072|4096)$)' }], quantifier: 'every', declaredBy: domainDeclared('public', 'partner', 'internal'),
  },
  ...managedGroupChecks,
  ...ownRuleChecks,
  {
    id: 'web-acl-inspects-64-kb',
    shows: 'The web ACL inspects bodies up to 64 KB, the most that the platform offers.',
    types: ['AWS::WAFv2::WebACL'], that: [{ path: 'AssociationConfig.RequestBody.API_GATEWAY.DefaultSizeInspectionLimit', equals: 'KB_64' }], quantifier: 'every',
  },
  {
    id: 'web-acl-attached',
    shows: 'Every stage is behind a web ACL.',
    types: ['AWS::ApiGateway::Stage'], that: [], quantifier: 'every', referencedBy: { type: 'AWS::WAFv2::WebACLAssociation', path: 'ResourceArn' },
  },
  {
    id: 'web-acl-logged',
    shows: 'Every web ACL logs the requests it allowed and blocked.',
    types: ['AWS::WAFv2::WebACL'], that: [], quantifier: 'every', referencedBy: { type: 'AWS::WAFv2::LoggingConfiguration', path: 'ResourceArn' },
  },
  {
    id: 'web-acl-log-redacted',
    shows: 'The web ACL log redacts the authorization header.',
    types: ['AWS::WAFv2::LoggingConfiguration'],
    that: [{ path: 'RedactedFields', someItem: [{ path: 'SingleHeader', matches: '"authorization"' }] }], quantifier: 'every',
  },
];
