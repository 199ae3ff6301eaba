import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { TRUST_STORE_ATTRIBUTE, TRUST_STORE_OBJECT, type DeclaredAuthorities } from '../../lib/contract/stored-trust-store';
import { storeTrustStore, type TrustStoreDependencies } from './publication';

/** What CloudFormation is told (custom resource response objects). */
export interface DeploymentAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** Does what a deployment asks for; a fault fails the deployment, and what was there before stays. */
export async function deploy(event: CloudFormationCustomResourceEvent, dependencies: TrustStoreDependencies): Promise<DeploymentAnswer> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const answer = { PhysicalResourceId: TRUST_STORE_OBJECT.bundle, StackId, RequestId, LogicalResourceId };
  // Versions stay where they are: a domain name that is deleted later still refers to one.
  if (event.RequestType === 'Delete') {
    return { ...answer, Status: 'SUCCESS' };
  }
  dependencies.wait.begin();
  try {
    const { bundle, authorities } = await storeTrustStore((event.ResourceProperties.Partners ?? {}) as Record<string, DeclaredAuthorities>, event.RequestType === 'Create', dependencies);
    return { ...answer, Status: 'SUCCESS', Data: { [TRUST_STORE_ATTRIBUTE.bundleVersion]: bundle, [TRUST_STORE_ATTRIBUTE.authoritiesVersion]: authorities } };
  } catch (error) {
    return { ...answer, Status: 'FAILED', Reason: `The trust store was not replaced: ${(error as Error).message}`.slice(0, 1000) };
  } finally {
    dependencies.wait.finish();
  }
}
