import { X509Certificate } from 'crypto';

/** Longest chain, root included, that API Gateway follows. */
const LONGEST_CHAIN = 4;

/** What is wrong with an authority's way up to its root; undefined when every issuer is among the others. */
export function chainFault(pem: string, all: readonly string[]): string | undefined {
  const authorities = all.flatMap(parsed);
  let authority = new X509Certificate(pem);
  for (let length = 1; length <= LONGEST_CHAIN; length += 1) {
    if (authority.checkIssued(authority)) return undefined;
    const issuer = authorities.find((candidate) => authority.checkIssued(candidate));
    if (issuer === undefined) return `its issuer ${authority.issuer.replaceAll('\n', ', ')} is not among the others`;
    authority = issuer;
  }
  return `a chain of more than ${LONGEST_CHAIN}`;
}

/** What is no certificate at all is refused by itself. */
function parsed(pem: string): X509Certificate[] {
  try {
    return [new X509Certificate(pem)];
  } catch {
    return [];
  }
}
