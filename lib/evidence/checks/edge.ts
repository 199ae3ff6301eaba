import type { Check } from '../check';
import type { Condition } from '../condition';

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
  that: [{ path: 'Rules', someItem: [{ path: 'Statement.ManagedRuleGroupStatement.Name', equals: group }] }],
  quantifier: 'every',
}));

/** Rules of the pattern's own in every web ACL: what the statement mentions, and what it refuses. */
const OWN_RULES = [
  ['size', '"SizeConstraintStatement"', 'bodies beyond the size it can inspect'],
  ['content-type', '"content-type"', 'content types that the APIs did not declare'],
  ['method', '"Method"', 'methods that no API declares'],
  ['trust-token', '"txn-token"', 'requests that bring a Txn-Token header of their own'],
] as const;

const ownRuleChecks = OWN_RULES.map(([name, mentions, refuses]): Check => ({
  id: `web-acl-${name}`,
  shows: `The web ACL blocks ${refuses}.`,
  types: ['AWS::WAFv2::WebACL'],
  that: [{ path: 'Rules', someItem: [{ path: 'Statement', matches: mentions }, { path: 'Action.Block', matches: '.' }] }],
  quantifier: 'every',
}));

/** What faces the callers: domain names, trust stores, web ACLs. */
export const EDGE_CHECKS: readonly Check[] = [
  {
    id: 'public-domain-tls13',
    shows: 'The public domain name negotiates TLS 1.3 only.',
    types: [DOMAIN], where: [NO_MUTUAL_TLS], that: [{ path: 'SecurityPolicy', matches: '^SecurityPolicy_TLS13_1_3_' }], quantifier: 'every', whereDeclared: true,
  },
  {
    id: 'public-domain-strict-access',
    shows: 'The public domain name rejects a TLS server name that differs from the host.',
    types: [DOMAIN], where: [NO_MUTUAL_TLS], that: [{ path: 'EndpointAccessMode', equals: 'STRICT' }], quantifier: 'every', whereDeclared: true,
  },
  {
    id: 'partner-domain-mutual-tls',
    shows: 'The partner domain name asks every client for a certificate of its trust store.',
    types: [DOMAIN], where: [{ path: 'SecurityPolicy', equals: 'TLS_1_2' }], that: [{ path: 'MutualTlsAuthentication.TruststoreUri', matches: 's3://' }], quantifier: 'every', whereDeclared: true,
  },
  {
    id: 'partner-domain-tls12',
    shows: 'The partner domain name refuses anything older than TLS 1.2.',
    types: [DOMAIN], where: [MUTUAL_TLS], that: [{ path: 'SecurityPolicy', equals: 'TLS_1_2' }], quantifier: 'every', whereDeclared: true,
  },
  {
    id: 'internal-domain-private',
    shows: 'The internal domain name is private: it resolves and answers inside the VPC only.',
    types: ['AWS::ApiGateway::DomainNameV2'], that: [{ path: 'EndpointConfiguration.Types', contains: 'PRIVATE' }], quantifier: 'every', whereDeclared: true,
  },
  {
    id: 'internal-domain-policy',
    shows: 'The internal domain name admits the VPC endpoint of its environment and nothing else.',
    types: ['AWS::ApiGateway::DomainNameV2'], that: [{ path: 'Policy', matches: 'aws:SourceVpce' }], quantifier: 'every', whereDeclared: true,
  },
  {
    id: 'domain-certificate',
    shows: 'Every domain name serves HTTPS with a certificate of its own.',
    types: [DOMAIN], that: [{ path: 'RegionalCertificateArn', exists: true }], quantifier: 'every',
  },
  {
    id: 'internal-domain-certificate',
    shows: 'The internal domain name serves HTTPS with a certificate of its own.',
    types: ['AWS::ApiGateway::DomainNameV2'], that: [{ path: 'CertificateArn', exists: true }], quantifier: 'every', whereDeclared: true,
  },
  ...managedGroupChecks,
  ...ownRuleChecks,
  {
    id: 'web-acl-rate',
    shows: 'The web ACL blocks a client that sends more requests than its rate rule allows.',
    types: ['AWS::WAFv2::WebACL'],
    that: [{ path: 'Rules', someItem: [{ path: 'Statement.RateBasedStatement.Limit', atLeast: 10 }, { path: 'Action.Block', matches: '.' }] }],
    quantifier: 'every',
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
