import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressSet } from '../web-acl/address-set';
import { awsJsonExchange, type AwsJsonAnswer } from './aws-json-exchange';

interface AddressSetInput { readonly Name?: string; readonly Id?: string; readonly Scope?: string; readonly Addresses?: readonly string[]; readonly LockToken?: string }

/** AWS WAF's GetIPSet and UpdateIPSet with its optimistic lock, over its JSON 1.1 protocol. Signatures are not checked; nothing else is answered. */
export class WebAclApi {
  private readonly locks = new Map<AddressSet, string>();

  /** @param sets the sets that the web ACLs of this run look at, by ARN */
  constructor(private readonly sets: ReadonlyMap<string, AddressSet>) {}

  /** Answers one HTTP request of an AWS client. */
  public handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return awsJsonExchange(request, response, '1.1', (target, text) => this.answer(target.replace('AWSWAF_20190729.', ''), JSON.parse(text) as AddressSetInput));
  }

  private answer(operation: string, { Name = '', Id = '', Scope, Addresses, LockToken }: AddressSetInput): AwsJsonAnswer {
    const [, set] = [...this.sets].find(([arn]) => arn.endsWith(`:regional/ipset/${Name}/${Id}`)) ?? [];
    if (set === undefined || Scope !== 'REGIONAL') return fault('WAFNonexistentItemException');
    const lock = this.locks.get(set) ?? randomUUID();
    this.locks.set(set, lock);
    if (operation === 'GetIPSet') return { status: 200, body: { IPSet: { Name, Id, Addresses: set.ranges }, LockToken: lock } };
    if (operation !== 'UpdateIPSet' || Addresses === undefined) return fault('WAFInvalidParameterException');
    if (LockToken !== lock) return fault('WAFOptimisticLockException');
    set.replace(Addresses);
    this.locks.set(set, randomUUID());
    return { status: 200, body: { NextLockToken: this.locks.get(set) } };
  }
}

function fault(type: string): AwsJsonAnswer {
  return { status: 400, body: { __type: type, message: type } };
}
