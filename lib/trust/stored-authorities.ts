import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { readFileSync } from 'fs';
import { STORED_AUTHORITIES_FILE, STORED_AUTHORITIES_VARIABLE, TRUST_STORE_OBJECT } from '../contract/stored-trust-store';
import { Environment } from '../declaration/environment';
import { SecurityDomain } from '../declaration/security-domain';
import { packagedFile } from '../private/packaged-file';
import { demand } from '../private/refusal';
import { TrustStoreVersion } from '../private/trust-store-version';

/** What an authorizer needs to learn the certificates of private CAs. */
export interface StoredAuthoritiesAccess {
  readonly variables: { [name: string]: string };
  readonly files: { [name: string]: Buffer };
  readonly statement: PolicyStatement;
}

/** Access to the version of the trust store that the domain name has; undefined where no partner has a private CA. */
export function storedAuthorities(scope: IConstruct, props: { readonly environment: Environment; readonly domain: SecurityDomain; readonly storedTrustStore?: TrustStoreVersion }): StoredAuthoritiesAccess | undefined {
  const { environment: { partnerTrustStore }, domain, storedTrustStore } = props;
  if (!domain.mutualTls || (partnerTrustStore?.privateAuthorities.length ?? 0) === 0) return undefined;
  demand('PRIVATE_AUTHORITY', storedTrustStore !== undefined, () => `private CAs for the ${domain.exposure} domain, whose certificates are known at deployment only`, 'storedTrustStore: new StoredTrustStore(…).version');
  const { bucketName, authoritiesVersion } = storedTrustStore;
  const object = Stack.of(scope).formatArn({ service: 's3', region: '', account: '', resource: bucketName, resourceName: TRUST_STORE_OBJECT.authorities, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  return {
    variables: { [STORED_AUTHORITIES_VARIABLE]: `${bucketName}/${authoritiesVersion}` },
    files: { [STORED_AUTHORITIES_FILE]: readFileSync(packagedFile(`handlers/authorizer/${STORED_AUTHORITIES_FILE}`)) },
    statement: new PolicyStatement({ actions: ['s3:GetObjectVersion'], resources: [object] }),
  };
}
