import type { IncomingMessage, ServerResponse } from 'node:http';
import { awsJsonExchange, type AwsJsonAnswer } from './aws-json-exchange';
import { InvalidRequest, PolicyStore, type AuthorizationRequest } from './policy-store';

interface Input extends AuthorizationRequest {
  readonly policyStoreId?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

class ServiceError extends Error {
  constructor(public readonly type: 'ResourceNotFoundException' | 'UnknownOperationException', message: string) {
    super(message);
  }
}

/** Amazon Verified Permissions' IsAuthorized and ListPolicies, over its JSON 1.0 protocol. Signatures are not checked; nothing else is answered. */
export class VerifiedPermissions {
  private readonly stores = new Map<string, PolicyStore>();

  private readonly operations: { readonly [name: string]: (input: Input) => object } = {
    IsAuthorized: (input) => this.store(input.policyStoreId).decide(input),
    ListPolicies: ({ policyStoreId, maxResults = 10, nextToken = '0' }) => {
      const { all } = this.store(policyStoreId);
      const end = Number(nextToken) + maxResults;
      return {
        policies: all.slice(Number(nextToken), end).map(({ id, description }) => ({ policyStoreId, policyId: id, policyType: 'STATIC', definition: { static: { description } } })),
        ...(end < all.length && { nextToken: String(end) }),
      };
    },
  };

  /** Adds a policy store. */
  public add(id: string, store: PolicyStore): void {
    this.stores.set(id, store);
  }

  /** Answers one HTTP request of an AWS client. */
  public handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return awsJsonExchange(request, response, '1.0', (target, text) => this.answer(target, text));
  }

  private answer(target: string, text: string): AwsJsonAnswer {
    try {
      const operation = this.operations[target.replace(/^VerifiedPermissions\./, '')];
      if (operation === undefined) throw new ServiceError('UnknownOperationException', target);
      return { status: 200, body: operation(JSON.parse(text) as Input) };
    } catch (error) {
      const type = error instanceof ServiceError ? error.type : 'ValidationException';
      return { status: 400, body: { __type: `com.amazonaws.verifiedpermissions#${type}`, message: error instanceof InvalidRequest ? error.message : '' } };
    }
  }

  private store(id = ''): PolicyStore {
    const found = this.stores.get(id);
    if (found === undefined) throw new ServiceError('ResourceNotFoundException', id);
    return found;
  }
}
