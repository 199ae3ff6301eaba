import { Duration, Stack } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnPermission, IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSubscriptionFilter, ILogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnIPSet } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { BLOCK_TABLE_ATTRIBUTES, DECOY_BLOCK_ENVIRONMENT, DECOY_RULES } from '../contract/honeypot';
import { SecurityDomain } from '../declaration/security-domain';
import { acknowledge } from '../private/acknowledged-rules';
import { expiringTable, permit } from '../private/expiring-table';
import { HandlerFunction } from '../private/handler-function';

/** Properties of `DecoyBlock`. */
export interface DecoyBlockProps {
  readonly domain: SecurityDomain;
  readonly blockFor: Duration;
  /** Log of the web ACL, whose records of hits name the address of the connection. */
  readonly webAclLog: ILogGroup;
  readonly sets: BlockedSets;
  /** Addresses of the environment's own way out. */
  readonly ownAddresses: string[];
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
  readonly key: IKey;
}

/** The address sets that the web ACL blocks. */
export interface BlockedSets {
  readonly ipv4: CfnIPSet;
  readonly ipv6: CfnIPSet;
}

/** A pattern can name the members of a list by their place only. */
const MATCHED = [0, 1, 2].flatMap((place) => [DECOY_RULES.honeypot, DECOY_RULES.canary].map((rule) => `($.nonTerminatingMatchingRules[${place}].ruleId = "${rule}")`)).join(' || ');

/** One at a time: what is written is what the table said last. */
const AT_ONCE = 1;

/** Blocks the addresses of callers who took a decoy, each until its time is over. */
export class DecoyBlock extends Construct {
  /** Writes the address sets. */
  public readonly function: IFunction;

  public constructor(scope: Construct, id: string, props: DecoyBlockProps) {
    super(scope, id);
    const { domain, key, sets, webAclLog } = props;
    const table = expiringTable(this, { partitionKey: BLOCK_TABLE_ATTRIBUTES.range, timeToLive: BLOCK_TABLE_ATTRIBUTES.until, key, worthless: 'A block ends within a day: a backup would restore none that still holds.' });
    const { function: handler, policy } = new HandlerFunction(this, 'Handler', {
      ...props,
      handler: 'decoy-block',
      description: `Blocks the addresses of callers who took a decoy in the ${domain.exposure} domain, and lets them in again`,
      timeout: Duration.seconds(30),
      reservedConcurrency: AT_ONCE,
      environment: {
        [DECOY_BLOCK_ENVIRONMENT.table]: table.tableArn,
        [DECOY_BLOCK_ENVIRONMENT.ipv4Set]: sets.ipv4.attrArn,
        [DECOY_BLOCK_ENVIRONMENT.ipv6Set]: sets.ipv6.attrArn,
        [DECOY_BLOCK_ENVIRONMENT.seconds]: String(props.blockFor.toSeconds()),
        [DECOY_BLOCK_ENVIRONMENT.never]: [...neverBlocked(domain), ...props.ownAddresses.map((address) => `${address}/32`)].join(' '),
      },
      failureHandling: 'Lambda repeats an event that failed; a block that was written to the table is put in force or ended by the next minute\'s run, and the alarm DecoyBlockFailed tells.',
    });
    this.function = handler;
    permit(policy.grantPrincipal, 'dynamodb:PutItem', table, key);
    policy.addStatements(new PolicyStatement({ actions: ['dynamodb:Scan'], resources: [table.tableArn] }));
    policy.addStatements(new PolicyStatement({ actions: ['wafv2:GetIPSet', 'wafv2:UpdateIPSet'], resources: [sets.ipv4.attrArn, sets.ipv6.attrArn] }));
    this.subscribe(handler, webAclLog);
    const everyMinute = new Rule(this, 'EveryMinute', { description: 'Ends the blocks whose time is over', schedule: Schedule.rate(Duration.minutes(1)), targets: [new LambdaFunction(handler, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })] });
    acknowledge(everyMinute.node.findChild('Resource'), { 'Serverless-EventBusDLQ': 'The next minute\'s run does all that a lost one would have done, so a lost event has nothing that a queue could keep; the alarm DecoyBlockFailed tells of runs that fail.' });
  }

  /** Which rules matched, and nothing that a caller wrote, calls the handler; a counting rule group may come before them in the list. */
  private subscribe(handler: IFunction, log: ILogGroup): void {
    const { account } = Stack.of(this);
    const permission = new CfnPermission(this, 'LogPermission', { action: 'lambda:InvokeFunction', functionName: handler.functionArn, principal: 'logs.amazonaws.com', sourceArn: log.logGroupArn, sourceAccount: account });
    new CfnSubscriptionFilter(this, 'Hits', { logGroupName: log.logGroupName, filterPattern: `{ ${MATCHED} }`, destinationArn: handler.functionArn }).addResourceDependency(permission);
  }
}

function neverBlocked({ consumers, honeypots }: SecurityDomain): string[] {
  const declared = [...consumers.map(({ sourceAddresses }) => sourceAddresses), honeypots?.neverBlock];
  return [...new Set(declared.flatMap((addresses) => addresses?.ranges ?? []))].sort();
}
