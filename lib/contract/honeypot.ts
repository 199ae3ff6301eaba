/** Labels that a web ACL gives to requests which nobody has an honest reason to make; what a block acts on. */
export const DECOY_LABELS = { honeypot: 'decoy:honeypot', canary: 'decoy:canary' } as const;

/** Names of the rules that give them, and so of their metrics. */
export const DECOY_RULES = { honeypot: 'Honeypot', canary: 'CanaryApiKey', block: 'DecoyBlock' } as const;

/** API group of the operations at honeypot paths: no name of a declared group, so no consumer can subscribe to it. */
export const HONEYPOT_GROUP = '(honeypot)';

/** What every API key starts with, one of a canary too. */
export const API_KEY_PREFIX = 'ak_';

/** Member of a canary's secret that holds the rest of its API key. */
export const CANARY_KEY_MEMBER = 'key';

/** Names of the environment variables that the constructs set and the handler of blocks reads. */
export const DECOY_BLOCK_ENVIRONMENT = {
  /** ARN of the table that says until when an address is blocked. */
  table: 'BLOCK_TABLE_ARN',
  /** `name/id/arn` of the address sets, by IP version. */
  ipv4Set: 'IPV4_SET_ARN',
  ipv6Set: 'IPV6_SET_ARN',
  seconds: 'BLOCK_SECONDS',
  /** Networks that are never blocked, apart by spaces. */
  never: 'NEVER_BLOCKED',
} as const;

/** Names of the attributes of a blocked address. */
export const BLOCK_TABLE_ATTRIBUTES = { range: 'range', until: 'blockedUntil' } as const;

/** Most addresses of one version that are blocked at a time; the latest stay. */
export const MOST_BLOCKED = 1000;

/** Type of the metadata entry under which a web ACL carries how many honeypots its domain declares, and whether it blocks those who take a decoy. */
export const WEB_ACL_DECOYS = 'cdk-api-security:decoys';
