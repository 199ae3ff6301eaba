import { AUTHORIZER_ENVIRONMENT } from '../../lib/contract/authorizer-configuration';
import { TRUST_TOKEN_TYPE } from '../../lib/contract/trust-token';
import type { Clock } from '../../runtime/clock';
import type { DependencyFailure } from '../../runtime/dependency-failure';
import { KmsSigner } from '../../runtime/kms-signer';
import type { ClaimsSigner } from '../../runtime/token-signer';
import { requiredVariable } from '../environment';
import { secretReader } from './secret-reader';
import { SigningKeys } from './signing-keys';

type Environment = Readonly<Record<string, string | undefined>>;

/** ARN of the signing key, of whichever kind. @throws Error at start, so that a wrong deployment fails at once */
export function signingKeyArn(environment: Environment): string {
  return environment[AUTHORIZER_ENVIRONMENT.signingKeyArns]?.split(' ')[0] ?? requiredVariable(AUTHORIZER_ENVIRONMENT.signingKeySecret);
}

/**
 * What signs trust tokens in this deployment: keys that stay in KMS, or a key that Secrets Manager lends this process.
 *
 * @param onFailure told of each failed call, noticed by callers or not
 */
export function trustTokenSigner(environment: Environment, clock: Clock, onFailure: (failure: DependencyFailure) => void): () => Promise<ClaimsSigner> {
  const keyArns = environment[AUTHORIZER_ENVIRONMENT.signingKeyArns];
  if (keyArns) {
    const signer = new KmsSigner({ keyArns: keyArns.split(' '), typ: TRUST_TOKEN_TYPE, environment, clock, onFailure });
    return () => Promise.resolve(signer);
  }
  const keys = new SigningKeys(secretReader(requiredVariable(AUTHORIZER_ENVIRONMENT.signingKeySecret), environment, clock), clock, onFailure);
  return () => keys.signer();
}
