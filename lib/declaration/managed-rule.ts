import { EXCEPTABLE_RULES } from '../contract/managed-rule';

/** A rule of a managed rule group of AWS from which single operations can be excepted: those that look at what honest requests may hold. */
export class ManagedRule {
  /** A body that looks like a script for the browsers of others; for operations that take HTML or Markdown. */
  public static readonly CROSS_SITE_SCRIPTING_BODY = new ManagedRule('CrossSiteScripting_BODY');
  /** A query argument that looks like a script. */
  public static readonly CROSS_SITE_SCRIPTING_QUERY_ARGUMENTS = new ManagedRule('CrossSiteScripting_QUERYARGUMENTS');
  /** A body that names local files, as `../` does. */
  public static readonly LOCAL_FILE_INCLUSION_BODY = new ManagedRule('GenericLFI_BODY');
  /** A query argument that names local files. */
  public static readonly LOCAL_FILE_INCLUSION_QUERY_ARGUMENTS = new ManagedRule('GenericLFI_QUERYARGUMENTS');
  /** A body with a URL whose host is an IP address. */
  public static readonly REMOTE_FILE_INCLUSION_BODY = new ManagedRule('GenericRFI_BODY');
  /** A query argument with a URL whose host is an IP address. */
  public static readonly REMOTE_FILE_INCLUSION_QUERY_ARGUMENTS = new ManagedRule('GenericRFI_QUERYARGUMENTS');
  /** A body that names the metadata service of EC2. */
  public static readonly EC2_METADATA_BODY = new ManagedRule('EC2MetaDataSSRF_BODY');
  /** A query argument that names the metadata service of EC2. */
  public static readonly EC2_METADATA_QUERY_ARGUMENTS = new ManagedRule('EC2MetaDataSSRF_QUERYARGUMENTS');
  /** A query string above 2,048 bytes. */
  public static readonly SIZE_QUERY_STRING = new ManagedRule('SizeRestrictions_QUERYSTRING');
  /** A path above 1,024 bytes. */
  public static readonly SIZE_PATH = new ManagedRule('SizeRestrictions_URIPATH');
  /** A body that looks like an injection of SQL. */
  public static readonly SQL_INJECTION_BODY = new ManagedRule('SQLi_BODY');
  /** A body that holds further patterns of injected SQL. */
  public static readonly SQL_INJECTION_EXTENDED_BODY = new ManagedRule('SQLiExtendedPatterns_BODY');
  /** A query argument that looks like an injection of SQL. */
  public static readonly SQL_INJECTION_QUERY_ARGUMENTS = new ManagedRule('SQLi_QUERYARGUMENTS');
  /** A query argument that holds further patterns of injected SQL. */
  public static readonly SQL_INJECTION_EXTENDED_QUERY_ARGUMENTS = new ManagedRule('SQLiExtendedPatterns_QUERYARGUMENTS');

  /** Name of the rule in its group. */
  public readonly name: string;
  /** Managed rule group that holds it. */
  public readonly group: string;
  /** What it labels a request with that it matches. */
  public readonly label: string;

  private constructor(name: keyof typeof EXCEPTABLE_RULES) {
    const { group, label } = EXCEPTABLE_RULES[name];
    this.name = name;
    this.group = group;
    this.label = label;
  }
}
