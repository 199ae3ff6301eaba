import { Fn, Stack, Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Where and how the stacks of one environment are deployed. */
export interface EnvironmentStackProps {
  readonly account: string;
  readonly region: string;
  readonly description: string;
  readonly terminationProtection: boolean;
  /** Tags of every resource, for inventory and evidence. */
  readonly tags?: { readonly [key: string]: string };
}

/** A stack of one environment. */
export class EnvironmentStack extends Stack {
  public constructor(scope: Construct, id: string, { account, region, tags = {}, ...props }: EnvironmentStackProps) {
    super(scope, id, { ...props, env: { account, region } });
    for (const [key, value] of Object.entries(tags)) Tags.of(this).add(key, value);
  }

  /** The first two zones of the Region, asked at deployment: a lookup at synthesis would need the account. */
  public override get availabilityZones(): string[] {
    return [0, 1].map((index) => Fn.select(index, Fn.getAzs()));
  }
}
