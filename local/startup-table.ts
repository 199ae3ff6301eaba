import type { EnvironmentAssembly } from './assembly/environment-assembly';
import type { LocalEndpoints } from './endpoints';
import type { DomainName } from './domain/domain-name';
import type { WebAcl } from './web-acl/web-acl';

/** What the start-up table is made of. */
export interface StartupFacts {
  readonly assembly: EnvironmentAssembly;
  readonly domains: readonly DomainName[];
  readonly endpoints: LocalEndpoints;
  readonly backends: readonly string[];
  readonly overrides: { readonly [service: string]: string };
  readonly rotated: readonly string[];
  /** Names of DynamoDB tables. */
  readonly tables: readonly string[];
  /** How many KMS keys of the assembly sign. */
  readonly kmsKeys: number;
  /** Ids of policy stores. */
  readonly policyStores: readonly string[];
  /** URLs of certificate revocation lists. */
  readonly revocationLists: readonly string[];
  /** ARNs of private CAs whose certificates were read. */
  readonly privateAuthorities: readonly string[];
  /** Settings of gateway resources that are not emulated, in words. */
  readonly settings: readonly string[];
  /** Names of buckets whose uploads are scanned. */
  readonly scannedBuckets: readonly string[];
  /** Anything of this run that differs from a deployment. */
  readonly notes: readonly string[];
}

/** Resource types that the local gateway runs or reads; every other type of the assembly is listed as not emulated. */
const EMULATED = new Set([
  'AWS::ApiGateway::ApiKey', 'AWS::ApiGateway::UsagePlan', 'AWS::ApiGateway::UsagePlanKey',
  'AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage', 'AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2',
  'AWS::ApiGateway::BasePathMapping', 'AWS::ApiGateway::BasePathMappingV2', 'AWS::ApiGatewayV2::ApiMapping',
  'AWS::WAFv2::WebACL', 'AWS::WAFv2::WebACLAssociation', 'AWS::WAFv2::IPSet', 'AWS::WAFv2::RegexPatternSet',
  'AWS::Lambda::Function', 'AWS::Lambda::LayerVersion', 'AWS::Lambda::Alias', 'AWS::Lambda::Version', 'AWS::SecretsManager::Secret', 'AWS::SecretsManager::RotationSchedule',
  'AWS::DynamoDB::Table', 'AWS::VerifiedPermissions::PolicyStore', 'AWS::VerifiedPermissions::Policy',
  'AWS::GuardDuty::MalwareProtectionPlan', 'AWS::Events::Rule', 'AWS::Lambda::EventInvokeConfig', 'AWS::Logs::SubscriptionFilter',
  'AWS::CDK::Metadata', 'Custom::StoredTrustStore',
]);

/** Words for resource types, by the longest prefix; a type without one is named by its service. */
const WORDS: readonly (readonly [string, string])[] = [
  ['AWS::EC2::', 'VPC networking'], ['AWS::KMS::', 'KMS encryption'], ['AWS::IAM::', 'IAM permissions'], ['AWS::Lambda::Permission', 'IAM permissions'],
  ['AWS::CloudWatch::', 'alarms and dashboards'], ['AWS::Logs::', 'CloudWatch Logs'], ['AWS::S3::', 'S3 storage'], ['AWS::SQS::', 'queues'], ['AWS::KinesisFirehose::', 'log delivery'],
  ['AWS::WAFv2::LoggingConfiguration', 'web ACL logs'], ['AWS::Route53::', 'DNS'], ['AWS::CertificateManager::', 'certificate issuance'],
  ['AWS::ElasticLoadBalancing', 'load balancers'], ['AWS::ECS::', 'containers'], ['AWS::ApiGateway::DomainNameAccess', 'private access'],
  ['AWS::Shield', 'Shield'], ['AWS::SecretsManager::ResourcePolicy', 'IAM permissions'],
];

const WIDTH = 80;
const STYLES = { heading: '\u001b[1m', warning: '\u001b[33m', end: '\u001b[0m' };

/** What is served, what is emulated and what is not, at most 80 columns wide. */
export function startupTable(facts: StartupFacts, colour: boolean): string {
  const { endpoints, domains, backends, overrides, rotated, kmsKeys, notes } = facts;
  const styled = (style: 'heading' | 'warning', text: string): string => colour ? `${STYLES[style]}${text}${STYLES.end}` : text;
  const served = domains.flatMap((domain) => {
    const endpoint = endpoints.domains[domain.securityDomain]!;
    const operations = domain.mappings.reduce((sum, { api }) => sum + api.operationCount, 0);
    return row(domain.securityDomain, [
      `${endpoint.url}  ${domain.hostName}`,
      `${endpoint.tlsFloor} or newer${endpoint.mutualTls ? ', mutual TLS' : ''}; ${count(domain.mappings.length, 'mapping')}, ${count(operations, 'operation')}, ${count(Object.keys(endpoint.clients).length, 'client')}`,
    ]);
  });
  const acls = [...new Set(domains.flatMap(({ mappings }) => mappings.flatMap(({ api }) => api.props.webAcl ?? [])))];
  const functions = facts.assembly.resources('AWS::Lambda::Function').length;
  const emulated = [
    ...row('gateway', ['TLS floors, SNI, routing, validation, refusals, mappings, access logs']),
    ...row('web ACL', [acls.length === 0 ? 'none in the assembly' : acls.flatMap((acl) => acl.emulated).filter(unique).join(', ')]),
    ...row('functions', [`${count(functions, 'bundle')}, run unchanged in processes of their own`]),
    ...row('secrets', [rotated.length === 0 ? 'no rotation' : `rotated for real: ${rotated.join(', ')}`]),
    ...(facts.tables.length === 0 ? [] : row('tables', [`conditional writes, counts: ${facts.tables.join(', ')}`])),
    ...kmsKeys === 0 ? [] : row('KMS', [`signing and public keys of ${count(kmsKeys, 'key')} made for this run; no key policies`]),
    ...(facts.policyStores.length === 0 ? [] : row('policies', [`policy stores, decided by Cedar here: ${facts.policyStores.join(', ')}`])),
    ...(facts.privateAuthorities.length === 0 ? [] : row('private CAs', [`the twin authority, read and stored as the trust store, for ${facts.privateAuthorities.join(', ')}`])),
    ...(facts.revocationLists.length === 0 ? [] : row('revocation', [`lists of the twin authority, at ${facts.revocationLists.join(', ')}`])),
    ...(facts.scannedBuckets.length === 0 ? [] : row('files', [`forms, links and what bucket policies deny: ${facts.scannedBuckets.join(', ')}`, 'MALWARE: this engine knows the EICAR test string and nothing else'])),
    ...row('backends', [[...backends.map((service) => `${service} (echo)`), ...Object.entries(overrides).map(([service, url]) => `${service} -> ${url}`)].join(', ') || 'none']),
  ];
  const missing = [
    ...row('web ACL', notEmulatedRules(acls)),
    ...row('settings', [facts.settings.join(', ') || 'nothing']),
    ...row('resources', [notEmulatedTypes(facts.assembly)]),
  ];
  return [
    styled('heading', `Local gateway of environment ${endpoints.environment}`), ...served,
    '', styled('heading', 'Emulated'), ...emulated,
    '', styled('warning', 'Not emulated'), ...missing,
    ...notes.length === 0 ? [] : ['', styled('heading', 'Notes'), ...notes.flatMap((note) => row('-', [note], 2))],
    '',
  ].join('\n');
}

function notEmulatedRules(acls: readonly WebAcl[]): string[] {
  const names = new Map<string, string[]>();
  for (const [kind, name] of acls.flatMap((acl) => acl.notEmulated)) names.set(kind, [...names.get(kind) ?? [], name]);
  return names.size === 0 ? ['nothing'] : [...names].map(([kind, list]) => [kind, list.filter(unique).filter((name) => name !== '').join(', ')].filter((part) => part !== '').join(': '));
}

function notEmulatedTypes(assembly: EnvironmentAssembly): string {
  const counts = new Map<string, number>();
  for (const [type, number] of assembly.typeCounts) {
    if (EMULATED.has(type)) continue;
    const word = WORDS.filter(([prefix]) => type.startsWith(prefix)).sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? type.replace(/^AWS::/, '');
    counts.set(word, (counts.get(word) ?? 0) + number);
  }
  return [...counts].map(([word, number]) => `${word} (${number})`).join(', ') || 'nothing';
}

function row(label: string, lines: readonly string[], width = 12): string[] {
  return lines.flatMap((line) => wrapped(line, WIDTH - width - 2)).map((line, index) => `  ${(index === 0 ? label : '').padEnd(width)}${line}`);
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function unique<T>(value: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(value) === index;
}
