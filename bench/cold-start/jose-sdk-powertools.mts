import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { authorizeWithJose } from './jose-sdk.mjs';

const logger = new Logger();
const metrics = new Metrics();

/** The same with Powertools for records and metrics. */
export async function handler(event: APIGatewayRequestAuthorizerEvent) {
  logger.info('requested', { method: event.httpMethod, resource: event.resource });
  const result = await authorizeWithJose(event);
  metrics.addMetric('Allowed', MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
  logger.info('allowed', { subject: result.principalId });
  return result;
}
