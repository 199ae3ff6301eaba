import { HONEYPOT_GROUP } from '../contract/honeypot';
import { OperationPolicy, operationKey } from '../contract/authorizer-configuration';
import { ROOT_API } from '../contract/stage-variable';
import { JWKS_PATH } from '../contract/trust-token';
import { demand } from '../private/refusal';
import { ApiGroup } from './api-group';
import { exposedServices } from './exposed-service';
import { Exposure } from './exposure';
import { HoneypotPath } from './honeypot-path';
import { SecurityDomain } from './security-domain';

/** Paths that are there where none is declared: what somebody who looks around tries first, and no noise of scanners. */
const EXPECTED_PATHS = ['/admin/users/export', '/internal/customers/export'];

/** How many services lend their names to further paths. */
const NAMESAKES = 3;

/** The honeypot paths of a security domain; none where it declares no honeypots. */
export function honeypotPaths(domain: SecurityDomain, groups: readonly ApiGroup[]): HoneypotPath[] {
  if (domain.honeypots === undefined) return [];
  if (domain.honeypots.paths !== undefined) return domain.honeypots.paths;
  const basePaths = servedPaths(domain, groups).slice(0, NAMESAKES);
  const paths = [...EXPECTED_PATHS, ...basePaths.map((basePath) => `/${basePath.replaceAll('/', '-')}-archive/export`)];
  return paths.filter((path) => shadowedBy(path, domain, groups) === undefined).map((path) => HoneypotPath.get(path));
}

/** What the authorizer must know of the honeypot paths: operations of a group that no consumer is subscribed to. */
export function honeypotOperations(domain: SecurityDomain, groups: readonly ApiGroup[]): { [key: string]: OperationPolicy } {
  return Object.fromEntries(honeypotPaths(domain, groups).map(({ method, path }) => [
    operationKey(ROOT_API, method, path),
    { id: `honeypot ${path}`, service: HONEYPOT_GROUP, group: HONEYPOT_GROUP, scopes: [[HONEYPOT_GROUP]] },
  ]));
}

/** Refuses honeypots that honest callers would meet, canaries that a consumer has, and blocks that have nobody to block. */
export function checkDecoys(domains: readonly SecurityDomain[], groups: readonly ApiGroup[]): void {
  const clientIds = domains.flatMap(({ consumers }) => consumers.map(({ clientId }) => clientId));
  for (const domain of domains) {
    const { exposure, honeypots, consumers, webAcl } = domain;
    for (const { path } of honeypots?.paths ?? []) {
      const shadowed = shadowedBy(path, domain, groups);
      demand('HONEYPOT_PATH', shadowed === undefined, () => `'${path}' in the ${exposure} domain, which belongs to ${shadowed}`);
    }
    for (const name of honeypots?.canaryClients ?? []) demand('CANARY', !clientIds.includes(name), () => `the client id '${name}' in the ${exposure} domain, which a consumer has`);
    for (const name of honeypots?.canaryApiKeys ?? []) demand('CANARY', !consumers.some((consumer) => consumer.name === name), () => `the API key '${name}' in the ${exposure} domain, where a consumer is called so`);
    if (honeypots?.blockFor === undefined) continue;
    demand('HONEYPOT_BLOCK', exposure !== Exposure.INTERNAL, () => 'blockFor in the internal domain', 'no blockFor there: its callers are in networks of your own');
    demand('HONEYPOT_BLOCK', webAcl.sourceAddresses === undefined, () => `blockFor beside sourceAddresses in the ${exposure} domain`, 'one of them: the addresses of consumers are never blocked, and all others are refused already');
  }
}

function shadowedBy(path: string, domain: SecurityDomain, groups: readonly ApiGroup[]): string | undefined {
  if (path.toLowerCase() === JWKS_PATH) return 'the public keys';
  const basePath = servedPaths(domain, groups).find((served) => `${path}/`.toLowerCase().startsWith(`/${served}/`.toLowerCase()));
  return basePath === undefined ? undefined : `the API service at /${basePath}`;
}

function servedPaths(domain: SecurityDomain, groups: readonly ApiGroup[]): string[] {
  return exposedServices(domain, groups).map(({ service }) => service.basePath).sort();
}
