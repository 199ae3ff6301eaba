import { createHash } from 'crypto';
import { CfnDeployment, CfnRestApi, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnPermission, IFunction } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { API_STAGE_VARIABLE } from '../contract/authorizer-configuration';
import { STAGE_NAME } from '../contract/stage-variable';
import { acknowledge } from '../private/acknowledged-rules';
import { generatedFile } from '../private/generated-file';
import { RestApiEndpoint } from '../private/rest-api-endpoint';
import { ACCESS_LOG_FORMAT } from './access-log';
import { checkSize } from './body-size';
import { checkOperations } from './operation-check';
import { RestApiBody } from './rest-api-body';

/** What every REST API of a security domain shares. */
export interface RestApiSurroundings {
  readonly endpoint: RestApiEndpoint;
  readonly webAclArn: string;
  readonly accessLog: ILogGroup;
  /** Encrypts the execution log. */
  readonly logKey: IKey;
  /** The certificate that the gateway shows to backends. */
  readonly clientCertificateId: string;
}

/** Properties of `SecuredRestApi`. */
export interface SecuredRestApiProps extends RestApiSurroundings {
  readonly body: RestApiBody;
  /** Value of the `api` stage variable: `accounts` or `accounts/customers`. */
  readonly api: string;
  readonly rateLimit: number;
  readonly burstLimit: number;
  /** Functions that the body names by stage variable: values known only at deployment reach it no other way. */
  readonly functions: { [stageVariable: string]: InvokedFunction };
  /**
   * Function of the environment that serves the operations.
   *
   * @default - the backend is not a function
   */
  readonly backendFunctionName?: string;
}

/** A function that a REST API calls. */
export interface InvokedFunction {
  readonly function: IFunction;
  /** From where in the REST API, as the last part of its ARN: `authorizers/ID`, wildcards allowed. */
  readonly source: string;
}

/**
 * A REST API in which every operation is authorized and validated, behind a web ACL, with an access log.
 *
 * The body lies in S3 as an asset: template size and resource count stay flat however many operations it has.
 */
export class SecuredRestApi extends Construct {
  public readonly restApiId: string;
  public readonly stageName: string;

  public constructor(scope: Construct, id: string, props: SecuredRestApiProps) {
    super(scope, id);
    checkOperations(props.body);
    const content = JSON.stringify(props.body);
    checkSize(props.body, content);
    const { bucketName, objectKey } = generatedFile(this, content, '.json');
    const { endpoint } = props;
    const restApi = new CfnRestApi(this, 'RestApi', {
      name: `${Stack.of(this).stackName}-${props.api.replaceAll('/', '-')}`,
      bodyS3Location: { bucket: bucketName, key: objectKey },
      disableExecuteApiEndpoint: true,
      // The body says so too, but an import into an API that exists does not read it there.
      apiKeySourceType: 'AUTHORIZER',
      endpointConfiguration: { types: [endpoint.type], vpcEndpointIds: endpoint.vpcEndpointIds },
      securityPolicy: endpoint.securityPolicy,
      endpointAccessMode: endpoint.accessMode,
      policy: endpoint.policy,
      failOnWarnings: false,
    });
    acknowledge(restApi, { 'AwsSolutions-APIG2': 'The request validator is part of the OpenAPI body and stands on every operation; synthesis fails when an operation lacks it (OPERATION_OPEN).' });
    this.restApiId = restApi.ref;
    const stage = this.stage(props, this.deployment(restApi, content, endpoint));
    this.stageName = stage.ref;
    this.associateWebAcl(stage, props.webAclArn);
    for (const [variable, { function: invoked, source }] of Object.entries(props.functions)) this.permit(`${variable}Permission`, invoked.functionArn, source);
    if (props.backendFunctionName !== undefined) this.permit('BackendPermission', props.backendFunctionName, '*/*/*');
  }

  /** A deployment is a snapshot: its logical id follows everything that it must capture. */
  private deployment(restApi: CfnRestApi, content: string, endpoint: RestApiEndpoint): CfnDeployment {
    const { policy, vpcEndpointIds: _, ...resolved } = endpoint;
    const captured = [content, JSON.stringify(resolved), JSON.stringify(Stack.of(this).resolve(policy) ?? null)];
    const digest = createHash('sha256').update(captured.join('\n')).digest('hex').slice(0, 16);
    const deployment = new CfnDeployment(this, `Deployment${digest}`, { restApiId: restApi.ref });
    deployment.addResourceDependency(restApi);
    return deployment;
  }

  private stage(props: SecuredRestApiProps, deployment: CfnDeployment): CfnStage {
    const executionLog = new LogGroup(this, 'ExecutionLog', {
      logGroupName: `API-Gateway-Execution-Logs_${this.restApiId}/${STAGE_NAME}`,
      encryptionKey: props.logKey,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const stage = new CfnStage(this, 'Stage', {
      restApiId: this.restApiId,
      deploymentId: deployment.ref,
      stageName: STAGE_NAME,
      accessLogSetting: { destinationArn: props.accessLog.logGroupArn, format: ACCESS_LOG_FORMAT },
      clientCertificateId: props.clientCertificateId,
      tracingEnabled: true,
      methodSettings: [{
        httpMethod: '*',
        resourcePath: '/*',
        loggingLevel: 'ERROR',
        metricsEnabled: true,
        dataTraceEnabled: false,
        throttlingRateLimit: props.rateLimit,
        throttlingBurstLimit: props.burstLimit,
      }],
      variables: {
        [API_STAGE_VARIABLE]: props.api,
        ...Object.fromEntries(Object.entries(props.functions).map(([variable, { function: invoked }]) => [variable, invoked.functionName])),
      },
    });
    // Made by the platform at the first request otherwise: without our key, and never expiring.
    stage.node.addDependency(executionLog);
    acknowledge(stage, {
      'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted': 'Answers are personal and carry Cache-Control: no-store; a response cache would hold data of authenticated callers.',
    });
    return stage;
  }

  private associateWebAcl(stage: CfnStage, webAclArn: string): void {
    const { partition, region } = Stack.of(this);
    new CfnWebACLAssociation(this, 'WebAclAssociation', {
      resourceArn: Fn.join('', ['arn:', partition, ':apigateway:', region, '::/restapis/', this.restApiId, '/stages/', stage.ref]),
      webAclArn,
    });
  }

  private permit(id: string, functionName: string, source: string): void {
    new CfnPermission(this, id, {
      action: 'lambda:InvokeFunction',
      functionName,
      principal: 'apigateway.amazonaws.com',
      sourceArn: Stack.of(this).formatArn({ service: 'execute-api', resource: this.restApiId, resourceName: source }),
    });
  }
}
