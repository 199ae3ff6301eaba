import { createHash } from 'node:crypto';
import { CfnIPSet } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** The address sets of one web ACL: each list of ranges is one, however many rules name it. */
export class AddressSets extends Construct {
  /** ARN of the set with these ranges. */
  public arnOf(ranges: readonly string[], version: 'IPV4' | 'IPV6'): string {
    const id = createHash('sha256').update(ranges.join()).digest('hex').slice(0, 12);
    const existing = this.node.tryFindChild(id) as CfnIPSet | undefined;
    return (existing ?? new CfnIPSet(this, id, { scope: 'REGIONAL', ipAddressVersion: version, addresses: [...ranges] })).attrArn;
  }
}
