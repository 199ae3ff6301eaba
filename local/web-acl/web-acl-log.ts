import { gzipSync } from 'node:zlib';
import type { EnvironmentAssembly } from '../assembly/environment-assembly';
import type { FunctionInvoker } from '../rest-api/invocation';
import type { InspectedRequest } from './inspected-request';

/** Takes what a web ACL labelled, by its ARN. */
export type LabelledRequests = (webAclArn: string, labels: readonly string[], request: InspectedRequest) => void;

/**
 * Hands records of labelled requests to the functions that are subscribed to the log of their web ACL.
 *
 * Patterns of subscriptions are not evaluated: whatever was labelled is delivered.
 */
export function webAclLog(assembly: EnvironmentAssembly, functions: FunctionInvoker): LabelledRequests {
  const logging = assembly.resources('AWS::WAFv2::LoggingConfiguration');
  const groups = assembly.resources('AWS::Logs::LogGroup');
  const subscriptions = assembly.resources('AWS::Logs::SubscriptionFilter');
  return (webAclArn, labels, { method, path, headers, sourceIp }) => {
    const destinations = logging.filter(({ properties }) => properties.ResourceArn === webAclArn).flatMap(({ properties }) => properties.LogDestinationConfigs as unknown as string[]);
    const [, account = '', name = ''] = /^arn:[^:]+:wafv2:[^:]+:(\d+):regional\/webacl\/([^/]+)\//.exec(webAclArn) ?? [];
    const message = JSON.stringify({
      timestamp: Date.now(), webaclId: webAclArn, labels: labels.map((label) => ({ name: `awswaf:${account}:webacl:${name}:${label}` })),
      httpRequest: { clientIp: sourceIp, headers: headers.map(([header, value]) => ({ name: header, value })), uri: path, httpMethod: method },
    });
    for (const { properties: { LogGroupName, DestinationArn } } of subscriptions) {
      const group = groups.find(({ reference }) => reference === LogGroupName);
      if (group === undefined || !destinations.includes(group.attribute('Arn'))) continue;
      const data = gzipSync(JSON.stringify({ messageType: 'DATA_MESSAGE', logGroup: LogGroupName, logEvents: [{ id: '0', timestamp: Date.now(), message }] })).toString('base64');
      void functions.invoke(String(DestinationArn), { awslogs: { data } });
    }
  };
}
