import { AwsJsonClient, type AwsJsonClientProps, type AwsJsonService } from './aws-json-client';

const KMS: AwsJsonService = { name: 'kms', target: 'TrentService', protocol: '1.1', endpointVariable: 'AWS_ENDPOINT_URL_KMS' };

/** Faults of a key that somebody disabled or scheduled for deletion, which is how a KMS key is revoked. */
const REVOKED = ['DisabledException', 'KMSInvalidStateException', 'NotFoundException'];

/** A client of AWS Key Management Service in the Region that the key's ARN names. */
export function kmsClient(props: Omit<AwsJsonClientProps, 'service'>): AwsJsonClient {
  return new AwsJsonClient({ ...props, service: KMS });
}

/** True where KMS will not use a key, whoever asks. */
export function isRevoked(fault: string | undefined): boolean {
  return fault !== undefined && REVOKED.includes(fault);
}

/** `kid` of a KMS key: its key id, which is in its ARN, so that nobody has to read the key to name it. */
export function kmsKeyId(keyArn: string): string {
  return keyArn.slice(keyArn.lastIndexOf('/') + 1);
}
