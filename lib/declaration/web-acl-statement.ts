import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { demand } from '../private/refusal';
import { AddressRanges } from './address-ranges';
import { Countries } from './countries';

/**
 * Gives the ARN of an address set for ranges of one IP version.
 *
 * @internal
 */
export interface _AddressSetArns {
  arnOf(ranges: readonly string[], version: 'IPV4' | 'IPV6'): string;
}

type Compile = (addressSets: _AddressSetArns) => CfnWebACL.StatementProperty;

/** What a rule of a web ACL looks for in a request. `RequestComponent` makes those that look at a part of it. */
export class WebAclStatement {
  /** Matches requests from these addresses. */
  public static sourceIn(addresses: AddressRanges): WebAclStatement {
    const sets = ([['IPV4', addresses.ipv4], ['IPV6', addresses.ipv6]] as const).filter(([, ranges]) => ranges.length > 0);
    return new WebAclStatement((addressSets) => joined('orStatement', sets.map(([version, ranges]) => ({ ipSetReferenceStatement: { arn: addressSets.arnOf(ranges, version) } }))));
  }

  /** Matches requests from countries that are not let in. */
  public static countryRefused(countries: Countries): WebAclStatement {
    const named = { geoMatchStatement: { countryCodes: countries.codes } };
    return WebAclStatement._of(countries.areLetIn ? { notStatement: { statement: named } } : named);
  }

  /** Matches requests that an earlier rule or managed rule group labelled: `awswaf:managed:aws:core-rule-set:NoUserAgent_Header`. */
  public static labelled(label: string): WebAclStatement {
    demand('WEB_ACL_STATEMENT', /^[A-Za-z0-9_-]+(:[A-Za-z0-9_-]+)*$/.test(label) && label.length <= 1024, () => `the label '${label}'`, "a label such as 'awswaf:managed:aws:core-rule-set:NoUserAgent_Header'");
    return WebAclStatement._of({ labelMatchStatement: { scope: 'LABEL', key: label } });
  }

  /** Matches what all of the statements match. */
  public static allOf(...statements: WebAclStatement[]): WebAclStatement {
    return WebAclStatement.combined('andStatement', statements);
  }

  /** Matches what at least one of the statements matches. */
  public static anyOf(...statements: WebAclStatement[]): WebAclStatement {
    return WebAclStatement.combined('orStatement', statements);
  }

  /** Matches what none of the statements matches. */
  public static noneOf(...statements: WebAclStatement[]): WebAclStatement {
    const any = WebAclStatement.anyOf(...statements);
    return new WebAclStatement((addressSets) => ({ notStatement: { statement: any._compile(addressSets) } }));
  }

  /** @internal */
  public static _of(statement: CfnWebACL.StatementProperty): WebAclStatement {
    return new WebAclStatement(() => statement);
  }

  private static combined(kind: 'andStatement' | 'orStatement', statements: readonly WebAclStatement[]): WebAclStatement {
    demand('WEB_ACL_STATEMENT', statements.length > 0, () => 'no statement to combine', 'at least one statement');
    return new WebAclStatement((addressSets) => joined(kind, statements.map((statement) => statement._compile(addressSets))));
  }

  private constructor(private readonly compile: Compile) {}

  /**
   * The statement as CloudFormation has it.
   *
   * @internal
   */
  public _compile(addressSets: _AddressSetArns): CfnWebACL.StatementProperty {
    return this.compile(addressSets);
  }
}

/** The platform takes two statements or more in a combination. */
function joined(kind: 'andStatement' | 'orStatement', statements: readonly CfnWebACL.StatementProperty[]): CfnWebACL.StatementProperty {
  const [only] = statements;
  return statements.length === 1 && only !== undefined ? only : { [kind]: { statements: [...statements] } };
}
