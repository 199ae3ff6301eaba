/** Partitions by the prefix of their Regions' names; the CDK's own table takes 40 ms to load. */
const PARTITIONS: { readonly [prefix: string]: string } = {
  'cn-': 'aws-cn',
  'eusc-': 'aws-eusc',
  'us-gov-': 'aws-us-gov',
  'us-iso-': 'aws-iso',
  'us-isob-': 'aws-iso-b',
};

/** The partition that a Region's ARNs name; a body in S3 cannot ask the deployment for it. */
export function partitionOf(region: string): string {
  return Object.entries(PARTITIONS).find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}
