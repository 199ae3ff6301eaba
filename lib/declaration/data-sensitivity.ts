/** Kind of sensitive data that an API service handles, for reviewers and tags. */
export enum DataSensitivity {
  /** Nothing that identifies a person or gives an advantage. */
  NONE = 'none',
  /** Data about identifiable people. */
  PERSONAL = 'personal',
  /** Accounts, balances, payments. */
  FINANCIAL = 'financial',
  /** Health records. */
  HEALTH = 'health',
  /** Keys, tokens, credentials. */
  CREDENTIALS = 'credentials',
}
