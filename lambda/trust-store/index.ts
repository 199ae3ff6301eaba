import { setTimeout } from 'node:timers/promises';
import type { CloudFormationCustomResourceEvent, ScheduledEvent } from 'aws-lambda';
import { TRUST_STORE_ENVIRONMENT as NAMES } from '../../lib/contract/stored-trust-store';
import { requiredVariable } from '../environment';
import { checkAuthorities } from './authority-check';
import { AuthorityMetrics } from './authority-metrics';
import { deploy } from './deployment';
import { PermissionWait } from './permission-wait';
import { PrivateAuthorities } from './private-authorities';
import type { TrustStoreDependencies } from './publication';
import { checkedResponseUrl, sendAnswer } from './response-url';
import { TrustStoreBucket } from './trust-store-bucket';

const clock = Date.now;
const write = (line: string): void => { process.stdout.write(`${line}\n`); };
const wait = new PermissionWait(clock, (milliseconds) => setTimeout(milliseconds));
const dependencies: TrustStoreDependencies = {
  privateAuthorities: new PrivateAuthorities(process.env, clock, wait),
  bucket: new TrustStoreBucket({ bucket: requiredVariable(NAMES.bucket), region: requiredVariable('AWS_REGION'), environment: process.env, clock }, wait),
  metrics: new AuthorityMetrics(requiredVariable(NAMES.environment), write, clock),
  wait,
};

/** Stores a trust store where a deployment asks for it, and on a schedule compares what is stored with the private CAs. */
export const handler = async (event: CloudFormationCustomResourceEvent | ScheduledEvent): Promise<void> => {
  if (!('ResponseURL' in event)) {
    await checkAuthorities(dependencies);
    return;
  }
  const url = checkedResponseUrl(event.ResponseURL, process.env);
  const answer = await deploy(event, dependencies);
  write(JSON.stringify({ type: 'trust-store-deployment', request: event.RequestType, outcome: answer.Status, reason: answer.Reason, ...answer.Data }));
  await sendAnswer(url, answer);
};
