import type { JsonWebKey } from 'node:crypto';
import { MESSAGE_SIGNATURES_VARIABLE, NONCE_TABLE_VARIABLE, type DeclaredSignatures } from '../../lib/contract/message-signatures';
import type { TrustTokenClaims } from '../../lib/contract/trust-token';
import { DynamoDbReplayStore, type ReplayStore } from '../../runtime/replay-store';
import { MessageSignatures } from './message-signatures';
import type { SignedRequest } from './signature-base';

/** What a handler asks of the signature of a request. */
export interface SignatureDemand {
  /** @throws SignatureRefused */
  verify(request: SignedRequest, claims: TrustTokenClaims): Promise<void>;
}

/**
 * The signatures that `MESSAGE_SIGNATURES` asks for, which `BackendFunction` sets where a service declares `messageSignatures`.
 *
 * @returns undefined where the variable is not there: the service asks for none
 * @throws TypeError where the variable says nothing that could be enforced, or names no table of nonces
 */
export function signaturesOfEnvironment(environment: Readonly<Record<string, string | undefined>> = process.env): SignatureDemand | undefined {
  const text = environment[MESSAGE_SIGNATURES_VARIABLE];
  return text === undefined ? undefined : new DemandedSignatures(declared(text), new DynamoDbReplayStore(environment[NONCE_TABLE_VARIABLE] ?? ''));
}

/** True where the declaration of the service asks for signatures. */
export function demandsSignatures(environment: Readonly<Record<string, string | undefined>> = process.env): boolean {
  return environment[MESSAGE_SIGNATURES_VARIABLE] !== undefined;
}

class DemandedSignatures implements SignatureDemand {
  private readonly operations?: ReadonlySet<string>;
  private readonly byDomain: ReadonlyMap<string, MessageSignatures>;
  private readonly ofNobody: MessageSignatures;

  constructor({ operations, keys, maxAgeSeconds }: DeclaredSignatures, oneTimeUse: ReplayStore) {
    const signatures = (own: { readonly [consumer: string]: { readonly [keyId: string]: JsonWebKey } }): MessageSignatures => new MessageSignatures({ keys: own, oneTimeUse, maxAgeSeconds });
    this.operations = operations && new Set(operations);
    this.byDomain = new Map(Object.entries(keys).map(([domain, own]) => [domain, signatures(own)]));
    this.ofNobody = signatures({});
  }

  /** A consumer is one of its security domain: another domain may have one of the same name. */
  async verify(request: SignedRequest, claims: TrustTokenClaims): Promise<void> {
    const { operation, security_domain: domain } = claims.tctx;
    if (this.operations?.has(operation) ?? true) {
      await (this.byDomain.get(domain) ?? this.ofNobody).verify(request, claims);
    }
  }
}

/** What cannot be read must not mean that nothing is asked for. */
function declared(text: string): DeclaredSignatures {
  const { operations, maxAgeSeconds, keys } = parsed(text) as Partial<Record<keyof DeclaredSignatures, unknown>>;
  const isNamed = operations === undefined || (Array.isArray(operations) && operations.length > 0 && operations.every((operation) => typeof operation === 'string'));
  const isTimed = typeof maxAgeSeconds === 'number' && Number.isSafeInteger(maxAgeSeconds) && maxAgeSeconds > 0;
  if (!isNamed || !isTimed || typeof keys !== 'object' || keys === null) {
    throw unreadable();
  }
  return { operations: operations as readonly string[] | undefined, maxAgeSeconds, keys: keys as DeclaredSignatures['keys'] };
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) {
      return value;
    }
  } catch {
    throw unreadable();
  }
  throw unreadable();
}

function unreadable(): TypeError {
  return new TypeError(`${MESSAGE_SIGNATURES_VARIABLE}: the variable says whose signatures are accepted, for which operations and how long, got something else; write a BackendFunction, which sets it`);
}
