import type { EnvironmentAssembly } from '../assembly/environment-assembly';
import { LocalRefusal } from '../local-refusal';
import { AddressSet } from './address-set';
import { WebAcl, type WebAclProperties } from './web-acl';

/** Gives the web ACL of an ARN; each is made once, so that its rate windows are shared by the stages it protects. */
export function webAclReader(assembly: EnvironmentAssembly, now: () => number = Date.now): (arn: string) => WebAcl {
  const made = new Map<string, WebAcl>();
  const properties = (type: string, arn: string): unknown => {
    const found = assembly.resources(type).find((resource) => resource.attribute('Arn') === arn);
    if (found === undefined) throw new LocalRefusal('LOCAL_WEB_ACL', `an ARN leads to an ${type} of the environment`, arn, 'one that the assembly declares');
    return found.properties;
  };
  return (arn) => {
    const acl = made.get(arn) ?? new WebAcl(properties('AWS::WAFv2::WebACL', arn) as WebAclProperties, {
      now,
      addressSet: (setArn) => new AddressSet((properties('AWS::WAFv2::IPSet', setArn) as { Addresses: string[] }).Addresses),
      patternSet: (setArn) => (properties('AWS::WAFv2::RegexPatternSet', setArn) as { RegularExpressionList: string[] }).RegularExpressionList,
    });
    made.set(arn, acl);
    return acl;
  };
}
