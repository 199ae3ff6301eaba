import type { AwsJsonService } from './aws-json-client';

/** DynamoDB as a JSON service. */
export const DYNAMODB: AwsJsonService = { name: 'dynamodb', target: 'DynamoDB_20120810', protocol: '1.0', endpointVariable: 'AWS_ENDPOINT_URL_DYNAMODB' };

/** Name of the table that an ARN is of. @throws TypeError where it is not the ARN of a table */
export function tableName(arn: string, what: string): string {
  const name = /^arn:[a-z-]+:dynamodb:[a-z0-9-]+:\d{12}:table\/([\w.-]{3,255})$/.exec(arn)?.[1];
  if (name === undefined) {
    throw new TypeError(`${what} is named by its ARN, arn:aws:dynamodb:REGION:ACCOUNT:table/NAME`);
  }
  return name;
}
