import { ApiGroup } from '../declaration/api-group';
import { ApiService } from '../declaration/api-service';
import { HttpMethod } from '../declaration/http-method';
import { honeypotPaths } from '../declaration/decoys';
import { DataSensitivity } from '../declaration/data-sensitivity';
import { exposedServices } from '../declaration/exposed-service';
import { SecurityDomain } from '../declaration/security-domain';

/** What the declared APIs of a security domain let through; everything else is refused at the edge. */
export interface WebAclTraffic {
  readonly methods: readonly string[];
  /** Methods of operations that declare a body. */
  readonly methodsWithBody: readonly string[];
  readonly mediaTypes: readonly string[];
  /** A service of the domain handles sensitive data, which may stand in paths. */
  readonly sensitive: boolean;
  /** Body limits, smallest first. */
  readonly bodyLimits: readonly BodyLimitElsewhere[];
  /** Requests of one address in five minutes, over the whole domain. */
  readonly requestsPerAddress: number;
  /** Groups whose plan allows one address less than that. */
  readonly groupLimits: readonly AddressLimitOfGroup[];
}

/** A body limit that holds everywhere but below the base paths of services that were granted more. */
export interface BodyLimitElsewhere {
  readonly bytes: number;
  /** A path written in another way (encoded, say) is none of these, so the smallest limit holds for it. */
  readonly exceptBasePaths: readonly string[];
}

/** What one address may ask of one group. */
export interface AddressLimitOfGroup {
  readonly group: string;
  /** Requests in five minutes. */
  readonly requestsPerAddress: number;
  readonly basePaths: readonly string[];
}

/** What the groups let through in a security domain. */
export function trafficOf(domain: SecurityDomain, groups: readonly ApiGroup[]): WebAclTraffic {
  const exposed = exposedServices(domain, groups);
  const services = exposed.map(({ service }) => service);
  const exposedGroups = [...new Set(exposed.map(({ group }) => group))];
  const operations = services.flatMap((service) => service.operations);
  const requestsPerAddress = Math.max(10, ...exposedGroups.map(({ plan }) => plan.requestsPerAddress));
  const preflight: string[] = services.some(({ cors }) => cors !== undefined) ? [HttpMethod.OPTIONS] : [];
  return {
    methods: sorted([...operations.map(({ method }) => method), ...preflight, ...honeypotPaths(domain, groups).map(({ method }) => method)]),
    methodsWithBody: sorted(operations.filter(({ content }) => content.length > 0).map(({ method }) => method)),
    sensitive: services.some(({ dataSensitivity }) => dataSensitivity !== DataSensitivity.NONE),
    mediaTypes: sorted(operations.flatMap(({ content }) => content.map(({ mediaType }) => mediaType.toLowerCase()))),
    bodyLimits: bodyLimits(services),
    requestsPerAddress,
    groupLimits: exposedGroups.filter(({ plan }) => plan.requestsPerAddress < requestsPerAddress).map((group) => ({
      group: group.name,
      requestsPerAddress: group.plan.requestsPerAddress,
      basePaths: sorted(group.services.filter((service) => services.includes(service)).map(({ basePath }) => basePath)),
    })),
  };
}

/** A limit beyond what the web ACL inspects cannot be measured by it; the gateway's own 10 MB holds there. */
function bodyLimits(services: readonly ApiService[]): BodyLimitElsewhere[] {
  const measured = services.filter(({ bodyLimit }) => bodyLimit.isInspected);
  const limits = [...new Set(measured.map(({ bodyLimit }) => bodyLimit.size.toBytes()))].sort((left, right) => left - right);
  return limits.map((bytes) => ({
    bytes,
    exceptBasePaths: sorted(services.filter(({ bodyLimit }) => bodyLimit.size.toBytes() > bytes).map(({ basePath }) => basePath)),
  }));
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
