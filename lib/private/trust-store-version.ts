/** One version of a stored trust store. */
export interface TrustStoreVersion {
  /** Bucket that holds it. */
  readonly bucketName: string;
  /** Version of the object that the gateway reads. */
  readonly bundleVersion: string;
  /** Version of the object that the authorizer reads. */
  readonly authoritiesVersion: string;
}
