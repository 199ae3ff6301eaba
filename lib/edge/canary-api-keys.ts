import { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { apiKeySecretName } from '../contract/api-key';
import { API_KEY_PREFIX, CANARY_KEY_MEMBER } from '../contract/honeypot';
import { SecurityDomain } from '../declaration/security-domain';
import { acknowledge } from '../private/acknowledged-rules';

/** Characters of an API key after its prefix. */
const LENGTH = 49;

const PLANTED = 'It opens nothing and is planted where a thief will find it: replaced, what was planted would tell of nobody any more.';

/** Properties of `CanaryApiKeys`. */
export interface CanaryApiKeysProps {
  readonly environmentName: string;
  readonly domain: SecurityDomain;
  readonly key: IKey;
}

/** API keys that no consumer has, each a secret that is called and shaped like a consumer's. */
export class CanaryApiKeys extends Construct {
  /** Each key as a reference that CloudFormation resolves: its value is in no template. */
  public readonly apiKeys: string[];

  public constructor(scope: Construct, id: string, { environmentName, domain, key }: CanaryApiKeysProps) {
    super(scope, id);
    this.apiKeys = (domain.honeypots?.canaryApiKeys ?? []).map((name) => {
      const secret = new Secret(this, name, {
        secretName: apiKeySecretName(environmentName, domain.exposure, name),
        description: `API key of ${name} in the ${domain.exposure} domain`,
        encryptionKey: key,
        generateSecretString: { secretStringTemplate: JSON.stringify({ prefix: API_KEY_PREFIX }), generateStringKey: CANARY_KEY_MEMBER, passwordLength: LENGTH, excludePunctuation: true },
      });
      acknowledge(secret, { 'AwsSolutions-SMG4': PLANTED, 'NIST.800.53.R5-SecretsManagerRotationEnabled': PLANTED });
      return `${API_KEY_PREFIX}${secret.secretValueFromJson(CANARY_KEY_MEMBER).unsafeUnwrap()}`;
    });
  }
}
