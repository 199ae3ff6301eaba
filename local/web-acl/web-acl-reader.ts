import type { EnvironmentAssembly } from '../assembly/environment-assembly';
import { LocalRefusal } from '../local-refusal';
import { AddressSet } from './address-set';
import { WebAcl, type WebAclProperties } from './web-acl';
import type { LabelledRequests } from './web-acl-log';

/** What web ACLs of a run share with its other parts. */
export interface WebAclSurroundings {
  readonly now?: () => number;
  /** Address sets by ARN; those that rules look at are added. */
  readonly addressSets?: Map<string, AddressSet>;
  readonly secret?: (text: string) => string;
  /** Takes requests that a rule labelled. */
  readonly labelled?: LabelledRequests;
}

/** Gives the web ACL of an ARN; each is made once, so that its rate windows are shared by the stages it protects. */
export function webAclReader(assembly: EnvironmentAssembly, { now = Date.now, addressSets = new Map(), secret, labelled = () => undefined }: WebAclSurroundings = {}): (arn: string) => WebAcl {
  const made = new Map<string, WebAcl>();
  const properties = (type: string, arn: string): unknown => {
    const found = assembly.resources(type).find((resource) => resource.attribute('Arn') === arn);
    if (found === undefined) throw new LocalRefusal('LOCAL_WEB_ACL', `an ARN leads to an ${type} of the environment`, arn, 'one that the assembly declares');
    return found.properties;
  };
  return (arn) => {
    const acl = made.get(arn) ?? new WebAcl(properties('AWS::WAFv2::WebACL', arn) as WebAclProperties, {
      now,
      secret,
      addressSet: (setArn) => {
        const set = addressSets.get(setArn) ?? new AddressSet((properties('AWS::WAFv2::IPSet', setArn) as { Addresses: string[] }).Addresses);
        addressSets.set(setArn, set);
        return set;
      },
      patternSet: (setArn) => (properties('AWS::WAFv2::RegexPatternSet', setArn) as { RegularExpressionList: string[] }).RegularExpressionList,
    }, (labels, request) => { labelled(arn, labels, request); });
    made.set(arn, acl);
    return acl;
  };
}
