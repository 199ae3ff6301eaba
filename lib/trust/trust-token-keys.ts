import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';

/** The keys that sign an environment's trust tokens: a `SigningKey`, or `KmsSigningKeys`. */
export interface ITrustTokenKeys {
  /** Environment variables that tell an authorizer what to sign with. */
  readonly signerEnvironment: { [name: string]: string };
  /** Environment variables that tell a function which public keys to publish. */
  readonly publisherEnvironment: { [name: string]: string };
  /** Lets an authorizer sign; its role has the duty `sign-trust-tokens` besides. */
  grantSign(grantee: IGrantable): Grant;
  /** Lets a function read the public keys. */
  grantPublish(grantee: IGrantable): Grant;
}
