import { Size } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { demand } from '../private/refusal';
import { WebAclStatement } from './web-acl-statement';

/** Header, cookie and argument names: a token of RFC 9110. */
const NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;
/** Longest text or expression that a statement compares with. */
const LONGEST_TEXT = 200;
const LONGEST_EXPRESSION = 512;
/** What the platform's regular expressions lack: backreferences, assertions around, atomic groups. */
const UNSUPPORTED = /\\[1-9]|\(\?[=!<>]|\\[kKCRGg]/;

/** The part of a request that a statement of a web ACL looks at. A request without that part does not match. */
export class RequestComponent {
  /** The value of a header. */
  public static header(name: string): RequestComponent {
    return new RequestComponent({ singleHeader: { Name: named(name).toLowerCase() } });
  }

  /** The value of a query argument. */
  public static queryArgument(name: string): RequestComponent {
    return new RequestComponent({ singleQueryArgument: { Name: named(name).toLowerCase() } });
  }

  /** The values of all query arguments. Their names are in `queryString()` only. */
  public static allQueryArguments(): RequestComponent {
    return new RequestComponent({ allQueryArguments: {} });
  }

  /** The query string as it was sent, without `?`. */
  public static queryString(): RequestComponent {
    return new RequestComponent({ queryString: {} });
  }

  /** The path as it was sent, with the base path of the API service. */
  public static path(): RequestComponent {
    return new RequestComponent({ uriPath: {} });
  }

  /** The HTTP method. */
  public static method(): RequestComponent {
    return new RequestComponent({ method: {} });
  }

  /** The value of a cookie. Cookies beyond what is inspected (8 KB, 200 of them) count as a match. */
  public static cookie(name: string): RequestComponent {
    return new RequestComponent({ cookies: { matchPattern: { includedCookies: [named(name)] }, matchScope: 'VALUE', oversizeHandling: 'MATCH' } });
  }

  /** The body. One beyond what is inspected (64 KB) counts as a match. */
  public static body(): RequestComponent {
    return new RequestComponent({ body: { oversizeHandling: 'MATCH' } });
  }

  /** Names and values in a JSON body. One beyond what is inspected (64 KB) counts as a match, and so does one that is not JSON or has a key twice. */
  public static jsonBody(): RequestComponent {
    return new RequestComponent({ jsonBody: { matchPattern: { all: {} }, matchScope: 'ALL', invalidFallbackBehavior: 'MATCH', oversizeHandling: 'MATCH' } });
  }

  private constructor(private readonly field: CfnWebACL.FieldToMatchProperty, private readonly transformations: string[] = []) {}

  /** The same part in lower case. */
  public lowerCased(): RequestComponent {
    return this.transformed('LOWERCASE');
  }

  /** The same part without its percent-encoding. */
  public urlDecoded(): RequestComponent {
    return this.transformed('URL_DECODE');
  }

  /** The same part without HTML entities. */
  public htmlEntityDecoded(): RequestComponent {
    return this.transformed('HTML_ENTITY_DECODE');
  }

  /** The same part with each run of white space as one space. */
  public whiteSpaceCompressed(): RequestComponent {
    return this.transformed('COMPRESS_WHITE_SPACE');
  }

  /** Matches where the part is exactly this text. */
  public exactly(text: string): WebAclStatement {
    return this.bytes('EXACTLY', text);
  }

  /** Matches where the part starts with this text. */
  public startsWith(text: string): WebAclStatement {
    return this.bytes('STARTS_WITH', text);
  }

  /** Matches where the part ends with this text. */
  public endsWith(text: string): WebAclStatement {
    return this.bytes('ENDS_WITH', text);
  }

  /** Matches where the part has this text anywhere. */
  public contains(text: string): WebAclStatement {
    return this.bytes('CONTAINS', text);
  }

  /** Matches where a place in the part satisfies a regular expression, of at most 512 characters and without backreferences or look-around. */
  public matches(expression: string): WebAclStatement {
    demand('WEB_ACL_STATEMENT', isExpression(expression), () => `the expression '${expression}'`, "a regular expression of at most 512 characters, such as '^/admin(/|$)'");
    return WebAclStatement._of({ regexMatchStatement: { fieldToMatch: this.field, regexString: expression, textTransformations: this.textTransformations } });
  }

  /** Matches where the request has the part at all, even empty. */
  public isPresent(): WebAclStatement {
    return this.size('GE', 0);
  }

  /** Matches where the part is longer than this. */
  public isLongerThan(size: Size): WebAclStatement {
    return this.size('GT', size.toBytes());
  }

  /** Matches where the part looks like an injection of SQL, with the platform's high sensitivity. */
  public hasSqlInjection(): WebAclStatement {
    return WebAclStatement._of({ sqliMatchStatement: { fieldToMatch: this.field, sensitivityLevel: 'HIGH', textTransformations: this.textTransformations } });
  }

  /** Matches where the part looks like a script for the browsers of others. */
  public hasCrossSiteScripting(): WebAclStatement {
    return WebAclStatement._of({ xssMatchStatement: { fieldToMatch: this.field, textTransformations: this.textTransformations } });
  }

  private transformed(type: string): RequestComponent {
    return new RequestComponent(this.field, [...this.transformations, type]);
  }

  private get textTransformations(): CfnWebACL.TextTransformationProperty[] {
    const types = this.transformations.length > 0 ? this.transformations : ['NONE'];
    return types.map((type, priority) => ({ priority, type }));
  }

  private bytes(positionalConstraint: string, searchString: string): WebAclStatement {
    demand('WEB_ACL_STATEMENT', searchString !== '' && Buffer.byteLength(searchString) <= LONGEST_TEXT, () => `the text '${searchString}'`, 'a text of 1 to 200 bytes');
    return WebAclStatement._of({ byteMatchStatement: { fieldToMatch: this.field, positionalConstraint, searchString, textTransformations: this.textTransformations } });
  }

  private size(comparisonOperator: string, size: number): WebAclStatement {
    return WebAclStatement._of({ sizeConstraintStatement: { fieldToMatch: this.field, comparisonOperator, size, textTransformations: this.textTransformations } });
  }
}

function named(name: string): string {
  demand('WEB_ACL_STATEMENT', NAME.test(name), () => `the name '${name}'`, "the name of a header, cookie or query argument, such as 'x-client'");
  return name;
}

function isExpression(expression: string): boolean {
  if (expression === '' || expression.length > LONGEST_EXPRESSION || UNSUPPORTED.test(expression)) return false;
  try {
    return new RegExp(expression.replace(/^\(\?i\)/, '')) instanceof RegExp;
  } catch {
    return false;
  }
}
