/** Type of the resource that stores a trust store at deployment. */
export const STORED_TRUST_STORE_TYPE = 'Custom::StoredTrustStore';

/** Objects of a stored trust store; each deployment that changes it writes a version of both. */
export const TRUST_STORE_OBJECT = {
  /** Every member, concatenated PEM: what the gateway reads. */
  bundle: 'trust-store.pem',
  /** The same by partner: what the authorizer reads. */
  authorities: 'authorities.json',
} as const;

/** Attributes of the resource: the versions that it wrote. */
export const TRUST_STORE_ATTRIBUTE = { bundleVersion: 'BundleVersion', authoritiesVersion: 'AuthoritiesVersion' } as const;

/** Environment variables of the function that stores: name of the bucket, and of the environment for its metrics. */
export const TRUST_STORE_ENVIRONMENT = { bucket: 'TRUST_STORE_BUCKET', environment: 'TRUST_STORE_ENVIRONMENT' } as const;

/** Environment variable of the authorizer: bucket and version of the authorities, `bucket/version`; only where a partner has a private CA. */
export const STORED_AUTHORITIES_VARIABLE = 'STORED_AUTHORITIES';

/** The file beside the authorizer's handler that reads the stored authorities; only where a partner has a private CA. */
export const STORED_AUTHORITIES_FILE = 'stored-authorities.js';

/** What is declared of one partner, as a property of the resource. */
export interface DeclaredAuthorities {
  /** Authorities that came in files, PEM. */
  readonly Files: readonly string[];
  /** ARNs of private CAs. */
  readonly PrivateAuthorities: readonly string[];
  /** One text for each private CA, in their order, empty where none was declared: a new one has that CA read again. */
  readonly Revisions: readonly string[];
}

/** A private CA as it was when the trust store was stored. */
export interface StoredAuthority {
  readonly arn: string;
  /** What was declared when it was read; a deployment that declares the same takes it as it is here. */
  readonly revision: string;
  /** Its own certificate, PEM. */
  readonly certificate: string;
  /** Those above it up to the root, PEM; none above a root. */
  readonly chain: readonly string[];
}

/** The private CAs of a trust store by partner; what came in files is in the authorizer's configuration. */
export interface StoredAuthorities {
  readonly [partner: string]: readonly StoredAuthority[];
}

/** Metrics of the private CAs of one partner, at each deployment and every few hours. */
export const TRUST_STORE_METRIC = {
  /** Until the first of the stored certificates ends. */
  daysLeft: 'AuthorityDaysLeft',
  /** CAs whose certificate or chain is no longer the stored one. */
  changed: 'AuthoritiesChanged',
  dimensions: { environment: 'Environment', partner: 'Partner' },
} as const;
