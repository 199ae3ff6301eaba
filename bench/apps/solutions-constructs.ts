import { readFileSync } from 'fs';
import { OpenApiGatewayToLambda } from '@aws-solutions-constructs/aws-openapigateway-lambda';
import { WafwebaclToApiGateway } from '@aws-solutions-constructs/aws-wafwebacl-apigateway';
import { App, Stack } from 'aws-cdk-lib';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { generatedDocument } from './generated-document';

/** The closest published patterns: an OpenAPI document over a function, and a web ACL in front of it. */
const app = new App();
const stack = new Stack(app, 'Peer', { env: { account: '111111111111', region: 'ap-southeast-2' } });
const document = JSON.parse(readFileSync(generatedDocument(Number(process.env.OPERATIONS ?? 10)), 'utf8')) as { paths: Record<string, Record<string, Record<string, unknown>>> };
for (const item of Object.values(document.paths)) {
  for (const operation of Object.values(item)) operation['x-amazon-apigateway-integration'] = { type: 'aws_proxy', httpMethod: 'POST', uri: 'Handler' };
}
const api = new OpenApiGatewayToLambda(stack, 'Api', {
  apiDefinitionJson: document,
  apiIntegrations: [{ id: 'Handler', lambdaFunctionProps: { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });') } }],
});
new WafwebaclToApiGateway(stack, 'WebAcl', { existingApiGatewayInterface: api.apiGateway });
app.synth();
