import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { authorizeWithJose } from './jose-sdk.mjs';

const logger = new Logger();
const metrics = new Metrics();

/** The same with Powertools as middy middleware. */
export const handler = middy<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult>()
  .use(injectLambdaContext(logger))
  .use(logMetrics(metrics))
  .handler(async (event) => {
    const result = await authorizeWithJose(event);
    metrics.addMetric('Allowed', MetricUnit.Count, 1);
    logger.info('allowed', { subject: result.principalId });
    return result;
  });
