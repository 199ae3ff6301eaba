import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { PROBLEMS } from '../contract/problem';
import { AddressRanges } from '../declaration/address-ranges';
import { ApiService } from '../declaration/api-service';
import { WebAclPolicy } from '../declaration/web-acl-policy';
import { WebAclStatement } from '../declaration/web-acl-statement';
import { AddressSets } from './address-sets';
import { below } from './pattern-match';
import { WebAclRule } from './web-acl-rule';

type Statement = CfnWebACL.StatementProperty;

/** Rules on where requests come from: the domain's addresses and countries, and the addresses of single services. */
export function sourceRules({ sourceAddresses, countries }: WebAclPolicy, services: readonly ApiService[], addressSets: AddressSets): WebAclRule[] {
  const outside = (addresses: AddressRanges): Statement => WebAclStatement.noneOf(WebAclStatement.sourceIn(addresses))._compile(addressSets);
  return [
    ...(sourceAddresses === undefined ? [] : [refused('SourceAddress', outside(sourceAddresses))]),
    ...(countries === undefined ? [] : [refused('Country', WebAclStatement.countryRefused(countries)._compile(addressSets))]),
    ...services.flatMap(({ name, basePath, sourceAddresses: own }) => (own === undefined ? [] : [refused(`SourceAddress-${name}`, { andStatement: { statements: [below([basePath]), outside(own)] } })])),
  ];
}

function refused(name: string, statement: Statement): WebAclRule {
  return { name, refusal: PROBLEMS.forbidden, statement };
}
