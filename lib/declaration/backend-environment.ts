import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ApiGroup } from '../declaration/api-group';
import { SecurityDomain } from '../declaration/security-domain';

/**
 * What a backend needs of the environment that it runs in.
 *
 * `EnvironmentStage` is one; a team whose app holds no `EnvironmentStage` describes the environment with what it imports.
 */
export interface IBackendEnvironment {
  /** The network, with private subnets in it. */
  readonly vpc: IVpc;
  /** Encrypts environment variables and logs: its policy lets CloudWatch Logs use it. */
  readonly key: IKey;
  /** `aud` of the environment's trust tokens, its domain name: `bank.example`. */
  readonly trustDomain: string;
  /** `iss` of the environment's trust tokens, the https URL under which their public keys are served. */
  readonly trustIssuer: string;
  /** Whether the public keys are served inside the network, which is so where an internal domain exposes a service. */
  readonly servesKeysInside: boolean;
  /**
   * The declared API groups, which say how large and how involved the bodies of a service may be, and whether its requests are signed.
   *
   * @default - unknown: the service library keeps its own limits
   */
  readonly groups?: ApiGroup[];
  /**
   * The declared security domains, whose consumers have the keys that requests are signed with.
   *
   * @default - unknown: a service that asks for signatures knows no key, and refuses every request
   */
  readonly securityDomains?: SecurityDomain[];
  /**
   * Name of the environment, by which the files of its signing keys are found.
   *
   * @default - unknown: needed where the path of a signing key has `{environment}` in it
   */
  readonly environmentName?: string;
}
