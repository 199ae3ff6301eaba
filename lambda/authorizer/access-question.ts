import { ENTITY, type OperationAccess } from '../../lib/contract/access-policy';
import type { AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration';
import type { Grant } from './trust-token';

/** An entity by its type and id; never a text, so that no id can pass for another. */
export interface EntityUid {
  readonly type: string;
  readonly id: string;
}

/** An entity and those it is in. */
export interface Entity {
  readonly uid: EntityUid;
  readonly attrs: Readonly<Record<string, never>>;
  readonly parents: readonly EntityUid[];
}

/** An address, in Cedar's JSON format. */
interface IpAddress {
  readonly __extn: { readonly fn: 'ip'; readonly arg: string };
}

/** What policies can ask about a request: the `context` of `lib/declaration/cedar/schema.ts`. */
export interface AccessContext {
  readonly environment: string;
  readonly ip: IpAddress;
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly amr: readonly string[];
  readonly acr?: string;
  readonly authAge?: number;
  readonly certificate?: string;
  readonly path: Readonly<Record<string, string>>;
}

/** What a policy decision point is asked: may this client do this to that API service, in this context. */
export interface AccessQuestion {
  /** API service, whose policies decide. */
  readonly service: string;
  /** Ids of the policies that can apply. */
  readonly policies: readonly string[];
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: AccessContext;
  readonly entities: readonly Entity[];
}

/** What would not be one segment of a path to everybody who decodes it once; many servers cut a segment at `;` (RFC 3986 section 3.3). */
const AMBIGUOUS = /[%/\\;?#\p{Cc}]|^\.{1,2}$|^$/u;

/**
 * The question that a grant poses; undefined where a path parameter could mean another thing to the service than to a policy.
 *
 * @param now seconds since the epoch
 */
export function accessQuestion(grant: Grant, access: OperationAccess, configuration: AuthorizerConfiguration, now: number): AccessQuestion | undefined {
  const { request, operation, client, token, certificate } = grant;
  const age = token.authTime === undefined ? undefined : now - token.authTime;
  const path = pathValues(grant, access);
  if (path === undefined) {
    return undefined;
  }
  const principal = { type: ENTITY.client, id: token.clientId };
  const action = { type: ENTITY.action, id: operation.id };
  const resource = { type: ENTITY.service, id: operation.service };
  return {
    service: operation.service,
    policies: access.policies,
    principal,
    action,
    resource,
    context: {
      environment: configuration.environment,
      ip: { __extn: { fn: 'ip', arg: request.sourceIp } },
      subject: token.subject,
      scopes: [...token.scopes],
      amr: token.amr ?? [],
      ...(token.acr !== undefined && { acr: token.acr }),
      // An issuer whose clock is ahead has authenticated just now; what is yet to come would stay recent for as long as somebody likes.
      ...(age !== undefined && age >= -configuration.accessToken.clockSkewSeconds && { authAge: Math.max(0, age) }),
      ...(certificate && { certificate: certificate.thumbprint }),
      path,
    },
    entities: [
      { uid: principal, attrs: {}, parents: [{ type: ENTITY.consumer, id: client.consumer }, { type: ENTITY.clientType, id: client.type }, { type: ENTITY.securityDomain, id: configuration.securityDomain }] },
      { uid: action, attrs: {}, parents: [{ type: ENTITY.action, id: request.method }] },
      { uid: resource, attrs: {}, parents: [{ type: ENTITY.group, id: operation.group }] },
    ],
  };
}

function pathValues({ request }: Grant, { pathParameters }: OperationAccess): Record<string, string> | undefined {
  const values: [string, string][] = [];
  for (const [gatewayName, declared] of Object.entries(pathParameters)) {
    const sent = Object.hasOwn(request.pathParameters, gatewayName) ? request.pathParameters[gatewayName] : undefined;
    const value = sent === undefined ? undefined : decodedOnce(sent, request.path);
    if (value === undefined || AMBIGUOUS.test(value)) {
      return undefined;
    }
    values.push([declared, value]);
  }
  return Object.fromEntries(values);
}

// REST APIs hand path parameters over as they were sent. Were one decoded already, its percent signs would not stand in the path.
function decodedOnce(sent: string, path: string): string | undefined {
  if (!sent.includes('%')) {
    return sent;
  }
  if (!path.split('/').includes(sent)) {
    return undefined;
  }
  try {
    return decodeURIComponent(sent);
  } catch {
    return undefined;
  }
}
