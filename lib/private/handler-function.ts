import { Duration } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Code, CodeConfig, Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { readFileSync } from 'fs';
import { ConfinedFunction } from './confined-function';
import { generatedFolder } from './generated-file';
import { packagedFile } from './packaged-file';

/** Properties of `HandlerFunction`. */
export interface HandlerFunctionProps {
  /** Folder of the handler in `lambda/`. */
  readonly handler: string;
  /** @default - the platform's choice */
  readonly functionName?: string;
  readonly description: string;
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
  /** Encrypts the log. */
  readonly key: IKey;
  readonly timeout: Duration;
  readonly environment?: { [name: string]: string };
  /** Files that travel beside the handler. */
  readonly files?: { [name: string]: string | Buffer };
  /** @default - the account's own limit, with the callers' rate limits in front of it */
  readonly reservedConcurrency?: number;
  /** What the handler's role is for; secrets admit roles by this tag. @default - no tag */
  readonly duty?: string;
  /** Who invokes the handler, and what becomes of a failed invocation: why it has no dead letter queue. */
  readonly failureHandling: string;
}

/** One of the library's own handlers, bundled when the library was built, with a role that can do what it is granted and no more. */
export class HandlerFunction extends Construct {
  public readonly function: Function;
  /** Grant to this: the function's role takes no inline policies. */
  public readonly policy: ManagedPolicy;

  public constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    const { functionName, description, vpc, securityGroup, key, timeout, environment, reservedConcurrency, duty, failureHandling } = props;
    const confined = new ConfinedFunction(this, { functionName, description, vpc, securityGroup, key, timeout, environment, reservedConcurrency, duty, failureHandling, code: new PackagedCode(props) });
    this.function = confined.function;
    this.policy = confined.policy;
  }
}

/** A bundled handler and the files beside it, as one asset of the cloud assembly. */
class PackagedCode extends Code {
  public readonly isInline = false;

  public constructor(private readonly props: HandlerFunctionProps) {
    super();
  }

  public bind(owner: Construct): CodeConfig {
    const files = { 'index.js': readFileSync(packagedFile(`handlers/${this.props.handler}/index.js`)), ...this.props.files };
    const { bucketName, objectKey } = generatedFolder(owner, files);
    return { s3Location: { bucketName, objectKey } };
  }

  public override bindToResource(): void {
    // Local tools find the folder through the asset manifest.
  }
}
