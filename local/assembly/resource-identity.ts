import { createHash } from 'node:crypto';

/** What identifies a resource: where it lives, its type and its resolved properties (by name, on demand). */
export interface ResourceFacts {
  readonly stack: { readonly name: string; readonly account: string; readonly region: string };
  readonly logicalId: string;
  readonly type: string;
  readonly property: (name: string) => string | undefined;
  /** What a custom resource answered, once it did. */
  readonly answer?: { readonly [attribute: string]: string };
}

interface Identity {
  readonly ref: (facts: ResourceFacts) => string;
  readonly attributes?: { readonly [name: string]: (facts: ResourceFacts) => string };
}

const id = (facts: ResourceFacts, length = 10): string =>
  createHash('sha256').update(`${facts.stack.name}/${facts.logicalId}`).digest('hex').slice(0, length);
const physicalName = (facts: ResourceFacts, property: string): string =>
  facts.property(property) ?? `${facts.stack.name.slice(0, 24)}-${facts.logicalId.slice(0, 24)}-${id(facts, 12)}`;
const arn = (facts: ResourceFacts, service: string, rest: string): string =>
  `arn:aws:${service}:${facts.stack.region}:${facts.stack.account}:${rest}`;

const functionArn = (facts: ResourceFacts): string => arn(facts, 'lambda', `function:${physicalName(facts, 'FunctionName')}`);
const tableArn = (facts: ResourceFacts): string => arn(facts, 'dynamodb', `table/${physicalName(facts, 'TableName')}`);
const secretArn = (facts: ResourceFacts): string => arn(facts, 'secretsmanager', `secret:${physicalName(facts, 'Name')}-${id(facts, 6)}`);
const kmsKeyId = (facts: ResourceFacts): string => id(facts, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const policyStoreId = (facts: ResourceFacts): string => `PS${id(facts, 20)}`;
const webAcl = (kind: string): Identity => ({
  ref: (facts) => `${physicalName(facts, 'Name')}|${id(facts)}|${facts.property('Scope') ?? 'REGIONAL'}`,
  attributes: {
    Id: (facts) => id(facts),
    Arn: (facts) => arn(facts, 'wafv2', `regional/${kind}/${physicalName(facts, 'Name')}/${id(facts)}`),
  },
});
const domainNameArn = (facts: ResourceFacts): string => arn(facts, 'apigateway', `/domainnames/${facts.property('DomainName') ?? ''}+${id(facts)}`);

/** Return values of the resource types whose identifiers the gateway follows, per the CloudFormation resource reference. */
const IDENTITIES: { readonly [type: string]: Identity } = {
  'AWS::ApiGateway::RestApi': { ref: (facts) => id(facts), attributes: { RestApiId: (facts) => id(facts), RootResourceId: (facts) => id(facts).slice(1) } },
  'AWS::ApiGateway::Stage': { ref: (facts) => facts.property('StageName') ?? '' },
  'AWS::ApiGateway::Deployment': { ref: (facts) => id(facts, 6), attributes: { DeploymentId: (facts) => id(facts, 6) } },
  'AWS::ApiGateway::DomainName': {
    ref: (facts) => facts.property('DomainName') ?? '',
    attributes: { RegionalDomainName: (facts) => `d-${id(facts)}.execute-api.${facts.stack.region}.amazonaws.com` },
  },
  'AWS::ApiGateway::DomainNameV2': {
    ref: domainNameArn,
    attributes: { DomainNameArn: domainNameArn, DomainNameId: (facts) => id(facts) },
  },
  'AWS::Lambda::Function': { ref: (facts) => physicalName(facts, 'FunctionName'), attributes: { Arn: functionArn } },
  'AWS::Lambda::Alias': { ref: (facts) => `${facts.property('FunctionName') ?? ''}:${facts.property('Name') ?? ''}` },
  'AWS::Lambda::Version': { ref: (facts) => `${facts.property('FunctionName') ?? ''}:1`, attributes: { Version: () => '1', FunctionArn: (facts) => facts.property('FunctionName') ?? '' } },
  // Addresses of a network for documentation (RFC 5737).
  'AWS::EC2::EIP': { ref: (facts) => `192.0.2.${parseInt(id(facts, 2), 16)}` },
  'AWS::DynamoDB::Table': { ref: (facts) => physicalName(facts, 'TableName'), attributes: { Arn: tableArn } },
  'AWS::KMS::Key': { ref: kmsKeyId, attributes: { KeyId: kmsKeyId, Arn: (facts) => arn(facts, 'kms', `key/${kmsKeyId(facts)}`) } },
  'AWS::VerifiedPermissions::PolicyStore': { ref: policyStoreId, attributes: { PolicyStoreId: policyStoreId, Arn: (facts) => `arn:aws:verifiedpermissions::${facts.stack.account}:policy-store/${policyStoreId(facts)}` } },
  'AWS::VerifiedPermissions::Policy': { ref: (facts) => id(facts, 22), attributes: { PolicyId: (facts) => id(facts, 22) } },
  'AWS::SecretsManager::Secret': { ref: secretArn, attributes: { Id: secretArn } },
  'AWS::WAFv2::WebACL': webAcl('webacl'),
  'AWS::WAFv2::IPSet': webAcl('ipset'),
  'AWS::WAFv2::RegexPatternSet': webAcl('regexpatternset'),
  'AWS::WAFv2::RuleGroup': webAcl('rulegroup'),
  'AWS::S3::Bucket': {
    ref: (facts) => physicalName(facts, 'BucketName').toLowerCase(),
    attributes: { Arn: (facts) => `arn:aws:s3:::${physicalName(facts, 'BucketName').toLowerCase()}` },
  },
};

/** What `Ref` gives for a resource: stable across runs, invented where the platform would choose it. */
export function referenceOf(facts: ResourceFacts): string {
  return IDENTITIES[facts.type]?.ref(facts) ?? `${facts.logicalId}-${id(facts)}`;
}

/** What `Fn::GetAtt` gives for a resource; types and attributes beyond the table get an invented, stable value. */
export function attributeOf(facts: ResourceFacts, attribute: string): string {
  const answered = facts.answer?.[attribute];
  if (answered !== undefined) return answered;
  const known = IDENTITIES[facts.type]?.attributes?.[attribute];
  if (known !== undefined) return known(facts);
  const service = facts.type.split('::')[1]?.toLowerCase() ?? 'unknown';
  return /Arn$/.test(attribute) ? arn(facts, service, `${facts.logicalId}-${id(facts)}`) : `${facts.logicalId}.${attribute}.${id(facts)}`;
}
