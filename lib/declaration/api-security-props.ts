import { demand } from '../private/refusal';
import { ApiGroup } from './api-group';
import { ApiService } from './api-service';
import { checkAuthenticationReachable } from './authentication-demand';
import { checkPolicyEntities } from './cedar/check';
import { checkDecoys } from './decoys';
import { Environment } from './environment';
import { Exposure } from './exposure';
import { checkMessageSignatures } from './message-signers';
import { checkUnique } from './name';
import { checkRestApiCount } from './rest-api-count';
import { SecurityDomain } from './security-domain';

/** Properties of `ApiSecurity`: which APIs exist, who may call them, where they are deployed. */
export interface ApiSecurityProps {
  /** Where the pattern is stamped: one stage each, and nothing in common between any two. */
  readonly environments: Environment[];
  /** Who may call: at most one domain each for public, partner and internal callers, the same in every environment. */
  readonly securityDomains: SecurityDomain[];
  /** Which APIs exist; a domain without an exposed service is not deployed. */
  readonly groups: ApiGroup[];
  /**
   * Why the cdk-nag rule packs are not applied here: for an app that applies its own.
   *
   * @default - AwsSolutions, NIST 800-53 R5 and Serverless are applied to the whole app
   */
  readonly rulePacksOmittedBecause?: string;
}

/** Things that must differ between any two environments, by name. */
const SEGREGATED: { [thing: string]: (environment: Environment) => readonly string[] } = {
  'account and Region': ({ account, region }) => [`${account}/${region}`],
  'domain name': ({ domainName }) => [domainName],
  issuer: ({ identityProvider }) => [identityProvider.issuer],
  audience: ({ audience }) => [audience],
  'key set': ({ identityProvider }) => [identityProvider.jwksUri ?? identityProvider.issuer],
  'partner authority': ({ partnerTrustStore }) => partnerTrustStore?.fingerprints ?? [],
  'private CA': ({ partnerTrustStore }) => partnerTrustStore?.privateAuthorities ?? [],
};

/** Checks what no single declaration can see: names, references and segregation across all of them. */
export function checkDeclaration(declaration: ApiSecurityProps): void {
  checkComplete(declaration);
  checkNames(declaration);
  checkSegregation(declaration.environments);
  checkPartnerTrust(declaration);
  for (const group of declaration.groups) {
    for (const service of group.services) checkExposure(service, declaration.securityDomains);
  }
  checkConsumers(declaration);
  checkRestApiCount(declaration.securityDomains, declaration.groups);
  checkDecoys(declaration.securityDomains, declaration.groups);
  checkAuthenticationReachable(declaration.groups, declaration.securityDomains);
  checkPolicyEntities(declaration.groups, declaration.securityDomains);
  checkMessageSignatures(declaration.environments, declaration.securityDomains, declaration.groups);
}

function checkComplete({ environments, securityDomains, groups }: ApiSecurityProps): void {
  for (const [kind, declared, write] of [
    ['environments', environments, 'environments: [Environment.test({ … })]'],
    ['securityDomains', securityDomains, 'securityDomains: [SecurityDomain.public({ consumers: […] })]'],
    ['groups', groups, "groups: [new ApiGroup('accounts', { services: […] })]"],
  ] as const) {
    demand('DECLARATION_EMPTY', declared.length > 0, () => `${kind}: []`, write);
  }
}

function checkSegregation(environments: readonly Environment[]): void {
  for (const [thing, valuesOf] of Object.entries(SEGREGATED)) {
    const owners = new Map<string, Environment>();
    for (const environment of environments) {
      const values = new Set(valuesOf(environment));
      for (const value of values) {
        const owner = owners.get(value);
        demand('ENVIRONMENT_SHARED', owner === undefined, () => `the ${thing} '${value}' in ${owner?.name} and ${environment.name}`, `${/^[aeiou]/.test(thing) ? 'an' : 'a'} ${thing} of its own for ${environment.name}`);
        owners.set(value, environment);
      }
    }
  }
}

function checkPartnerTrust({ environments, securityDomains }: ApiSecurityProps): void {
  const partners = securityDomains.filter(({ mutualTls }) => mutualTls);
  if (partners.length === 0) return;
  for (const { name, partnerTrustStore } of environments) {
    demand('PARTNER_TRUST_STORE', partnerTrustStore !== undefined, () => `none in ${name}`);
    for (const { name: consumer, partner } of partners.flatMap(({ consumers }) => consumers)) {
      demand('PARTNER_UNKNOWN', partnerTrustStore.partners.includes(partner), () => `'${partner}' for '${consumer}' in ${name}`);
    }
    for (const partner of partnerTrustStore.partners) demand('PARTNER_REVOCATION', partnerTrustStore.revocationOf(partner) !== undefined, () => `nothing for '${partner}' in ${name}`);
  }
}

function checkNames({ environments, securityDomains, groups }: ApiSecurityProps): void {
  const services = groups.flatMap((group) => group.services);
  checkUnique('environments', environments.map(({ name }) => name));
  checkUnique('security domains', securityDomains.map(({ exposure }) => exposure));
  checkUnique('subdomains', securityDomains.map(({ subdomain }) => subdomain));
  checkUnique('API groups', groups.map(({ name }) => name));
  checkUnique('API services', services.map(({ name }) => name));
  checkUnique('base paths', services.map(({ basePath }) => basePath));
}

function checkExposure(service: ApiService, domains: readonly SecurityDomain[]): void {
  const declared: Exposure[] = domains.map(({ exposure }) => exposure);
  const missing = service.exposure.find((exposure) => !declared.includes(exposure));
  const others = service.exposure.filter((exposure) => declared.includes(exposure)).map((exposure) => `Exposure.${exposure.toUpperCase()}`).join(', ');
  demand('DOMAIN_MISSING', missing === undefined, () => `'${missing}' for '${service.name}', declared ${declared.join(', ') || 'none'}`, `SecurityDomain.${missing}({ consumers: […] }) in securityDomains, or exposure: [${others}]`);
}

function checkConsumers({ securityDomains, groups }: ApiSecurityProps): void {
  const names = new Set(groups.map(({ name }) => name));
  for (const consumer of securityDomains.flatMap(({ consumers }) => consumers)) {
    const unknown = consumer.groups?.find((group) => !names.has(group));
    demand('GROUP_UNKNOWN', unknown === undefined, () => `'${unknown}' for '${consumer.name}'`);
  }
}
