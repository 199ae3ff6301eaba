import { AwsJsonClient, type AwsJsonService, type AwsReply } from '../../runtime/aws-json-client';
import type { Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { isJsonObject } from '../../runtime/json';
import { canonical } from './address-range';
import type { BlockedRanges } from './blocks';

const WAF: AwsJsonService = { name: 'wafv2', target: 'AWSWAF_20190729', protocol: '1.1', endpointVariable: 'AWS_ENDPOINT_URL_WAFV2' };
const DEPENDENCY = 'address set';
const ATTEMPTS = 4;

/** An address set of a web ACL. */
export class AddressSet implements BlockedRanges {
  private readonly client: AwsJsonClient;
  private readonly identity: { readonly Name: string; readonly Scope: string; readonly Id: string };

  /** @throws TypeError where it is not the ARN of a regional address set */
  constructor(arn: string, environment: Readonly<Record<string, string | undefined>>, clock: Clock) {
    const [, name, id] = /^arn:[a-z-]+:wafv2:[a-z0-9-]+:\d{12}:regional\/ipset\/([\w-]+)\/([\w-]+)$/.exec(arn) ?? [];
    if (name === undefined || id === undefined) {
      throw new TypeError('an address set is named by its ARN, arn:aws:wafv2:REGION:ACCOUNT:regional/ipset/NAME/ID');
    }
    this.identity = { Name: name, Scope: 'REGIONAL', Id: id };
    this.client = new AwsJsonClient({ service: WAF, arn, dependency: DEPENDENCY, environment, clock });
  }

  /** Reads the lock first and what is to be written after it, so that of two writers none puts older ranges over newer ones. */
  async replace(wanted: () => Promise<readonly string[]>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const { body } = answered(await this.client.call('GetIPSet', this.identity));
      const present = isJsonObject(body.IPSet) && Array.isArray(body.IPSet.Addresses) ? body.IPSet.Addresses.map(String) : [];
      const ranges = await wanted();
      if (same(present, ranges)) {
        return;
      }
      const reply = await this.client.call('UpdateIPSet', { ...this.identity, Addresses: ranges, LockToken: body.LockToken });
      if (reply.fault !== 'WAFOptimisticLockException' || attempt === ATTEMPTS) {
        answered(reply);
        return;
      }
    }
  }
}

/** The service writes addresses in its own way. */
function same(left: readonly string[], right: readonly string[]): boolean {
  return [...left].map(canonical).sort().join() === [...right].map(canonical).sort().join();
}

function answered(reply: AwsReply): AwsReply {
  if (reply.status !== 200) {
    throw new DependencyFailure(DEPENDENCY, `status ${reply.status}, ${reply.fault ?? ''}`);
  }
  return reply;
}
