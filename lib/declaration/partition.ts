import { demand } from '../private/refusal';
import { ApiService } from './api-service';
import { Operation } from './operation';
import { SiblingParameters } from './sibling-parameters';

/** Most REST APIs that one API service may be split over: their stack stays well below 500 resources. */
const MOST_PARTITIONS = 60;

/** What an API mapping takes as a segment of its key; a parameter is none. */
const MAPPING_SEGMENT = /^[A-Za-z0-9._-]+$/;

/** The part of an API service that one REST API carries. */
export interface Partition {
  /** Key of the API mapping under the domain name, and value of the `api` stage variable: `accounts` or `accounts/customers`. */
  readonly api: string;
  readonly routes: readonly Route[];
}

/** An operation and the resource that it has inside its REST API. */
export interface Route {
  readonly operation: Operation;
  /** The operation's path as the gateway names it, without what the API mapping strips: `/{id}`. */
  readonly resource: string;
  /** Gateway's name of each path parameter, by the name that the operation declares. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Splits an API service over REST APIs so that none exceeds its resource quota.
 *
 * A service that fits is one REST API. A larger one becomes one REST API per literal first segment, a rule that looks
 * at the operation's own path only: adding operations never moves another to a different REST API, and no URL changes.
 */
export function partitions(service: ApiService): Partition[] {
  const whole = part(service.basePath, '', service.operations);
  if (resourceCount(whole) <= service.resourceQuota) return [whole];
  const parts = [...bySegment(service)].map(([segment, operations]) => part(service.basePath, segment, operations));
  demand('REST_API_RESOURCES', parts.length <= MOST_PARTITIONS, () => `${parts.length} first path segments in '${service.name}', more than ${MOST_PARTITIONS}`);
  for (const partition of parts) {
    const count = resourceCount(partition);
    demand('REST_API_RESOURCES', count <= service.resourceQuota, () => `${count} resources in '${partition.api}', more than ${service.resourceQuota}`);
  }
  return parts;
}

function bySegment(service: ApiService): Map<string, Operation[]> {
  const segments = new Map<string, Operation[]>();
  for (const operation of service.operations) {
    const first = operation.path.split('/')[1] ?? '';
    const segment = MAPPING_SEGMENT.test(first) ? first : '';
    segments.set(segment, [...(segments.get(segment) ?? []), operation]);
  }
  return new Map([...segments].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function part(basePath: string, segment: string, operations: readonly Operation[]): Partition {
  const stripped = segment === '' ? 0 : segment.length + 1;
  const siblings = new SiblingParameters();
  return {
    api: segment === '' ? basePath : `${basePath}/${segment}`,
    routes: operations.map((operation) => {
      const { path, parameters } = siblings.resourcePath(operation.path);
      return { operation, resource: path.slice(stripped) || '/', parameters };
    }),
  };
}

/** API Gateway keeps a resource for every node of the path tree, the root included. */
function resourceCount({ routes }: Partition): number {
  const nodes = new Set(['/']);
  for (const { resource } of routes) {
    for (let end = resource.length; end > 0; end = resource.lastIndexOf('/', end - 1)) nodes.add(resource.slice(0, end));
  }
  return nodes.size;
}
