import { Duration } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { HandlerFunction } from '../private/handler-function';
import { ITrustTokenKeys } from './trust-token-keys';

/** Properties of `PublishedKeysFunction`. */
export interface PublishedKeysFunctionProps {
  /** The keys whose public halves are served. */
  readonly signingKey: ITrustTokenKeys;
  /** Network of the environment; the function runs in its private subnets. */
  readonly vpc: IVpc;
  /** What the function may connect to: Secrets Manager or KMS over HTTPS. */
  readonly securityGroup: ISecurityGroup;
  /** Encrypts environment variables and log. */
  readonly key: IKey;
}

/** Serves the public keys of an environment as a JWK Set (RFC 7517). It can read the public keys, never the private one. */
export class PublishedKeysFunction extends Construct {
  /** Answers `GET /.well-known/jwks.json`. */
  public readonly function: IFunction;

  public constructor(scope: Construct, id: string, props: PublishedKeysFunctionProps) {
    super(scope, id);
    const { function: handler, policy } = new HandlerFunction(this, 'Handler', {
      ...props,
      handler: 'published-keys',
      description: 'Serves the public keys that verify trust tokens',
      timeout: Duration.seconds(10),
      environment: props.signingKey.publisherEnvironment,
      failureHandling: 'The gateway invokes the function synchronously and answers the caller with the failure.',
    });
    props.signingKey.grantPublish(policy);
    this.function = handler;
  }
}
