import { Size } from 'aws-cdk-lib';
import { demand } from '../private/refusal';
import { AuthenticationLevel } from './authentication-level';
import { AccessPolicies } from './access-policies';
import { AddressLimit } from './address-limit';
import { AddressRanges } from './address-ranges';
import { Backend } from './backend';
import { BodyLimit } from './body-limit';
import { checkServicePolicies } from './cedar/check';
import { Classification } from './classification';
import { Cors } from './cors';
import { DataSensitivity } from './data-sensitivity';
import { Exposure } from './exposure';
import { checkUnique, checkedName } from './name';
import { importOpenApi } from './openapi/import';
import { ManagedRuleException } from './managed-rule-exception';
import { MessageSignatures } from './message-signatures';
import { Operation } from './operation';
import { ProtectiveMarking } from './protective-marking';
import { ReadOnlyProperties } from './read-only-properties';
import { Scopes } from './scopes';
import { ThreatProtection } from './threat-protection';
import { UnknownParameters } from './unknown-parameters';

/** What CloudFormation accepts as the value of a tag, without line ends and tabs. */
const OWNER = /^[\p{L}\p{N} _.:/=+@-]{1,256}$/u;

/** What every API service declares, whatever its operations come from. */
export interface ApiServiceOptions {
  /** Team that answers for the service; it is a tag on every resource of it. */
  readonly owner: string;
  /** Security classification of the data; from PROTECTED upwards every request must carry a protective marking. */
  readonly classification: Classification;
  /** Where the service may be exposed, as approved by whoever answers for its data. */
  readonly approvedExposure: Exposure[];
  /** Where the service runs. */
  readonly backend: Backend;
  /**
   * Where the service is exposed: a subset of what was approved.
   *
   * @default - everywhere it was approved
   */
  readonly exposure?: Exposure[];
  /**
   * Kind of sensitive data in the service, for reviewers: it is a tag on every resource.
   *
   * @default DataSensitivity.NONE
   */
  readonly dataSensitivity?: DataSensitivity;
  /**
   * Scopes of operations that name none themselves.
   *
   * @default - every operation names its own
   */
  readonly scopes?: Scopes;
  /**
   * How strongly and recently the user must have been authenticated for operations that do not say so themselves.
   *
   * An operation of an OpenAPI document says so with `x-authentication-level`, an object with `acrValues`, `methods` and
   * `maxAge` (in seconds), or the word `any`.
   *
   * @default - what the group asks for
   */
  readonly authenticationLevel?: AuthenticationLevel;
  /**
   * Largest request body; a larger one is refused with 413 at the edge.
   *
   * @default BodyLimit.of(Size.kibibytes(64))
   */
  readonly bodyLimit?: BodyLimit;
  /**
   * Browser origin whose pages may read the answers.
   *
   * @default - no CORS headers: pages of other origins cannot read them
   */
  readonly cors?: Cors;
  /**
   * Whether a request must carry `X-Protective-Marking`.
   *
   * @default ProtectiveMarking.optional()
   */
  readonly protectiveMarking?: ProtectiveMarking;
  /**
   * First segment of the service's path under the domain name.
   *
   * @default - the service's name
   */
  readonly basePath?: string;
  /**
   * Resources that one REST API may hold in the account, as granted by Service Quotas.
   *
   * @default 300
   */
  readonly resourceQuota?: number;
  /**
   * Cedar policies that decide over the operations of the service, beside scopes and together with those of its group.
   *
   * @default - those of the group; scopes decide alone where it has none
   */
  readonly accessPolicies?: AccessPolicies;
  /**
   * Operations that managed rules of the web ACL do not block, each for a recorded reason.
   *
   * @default - none
   */
  readonly managedRuleExceptions?: ManagedRuleException[];
  /**
   * How often one network address may call an operation, or the whole service.
   *
   * @default - as often as the plan of its group allows
   */
  readonly addressLimits?: AddressLimit[];
  /**
   * Addresses that the service may be called from: for those who publish through it, or any other closed circle.
   *
   * @default - from wherever its security domains may be
   */
  readonly sourceAddresses?: AddressRanges;
  /**
   * How involved the JSON and XML bodies of the service may be.
   *
   * @default - what the group says
   */
  readonly threatProtection?: ThreatProtection;
  /**
   * What becomes of a request with a query parameter that its operation does not declare.
   *
   * @default UnknownParameters.REFUSED
   */
  readonly unknownParameters?: UnknownParameters;
  /**
   * What becomes of a body with a property that its schema calls read-only; the service decides, by its generated validators.
   *
   * @default ReadOnlyProperties.REFUSED
   */
  readonly readOnlyProperties?: ReadOnlyProperties;
  /**
   * Signatures that consumers make of their requests and bodies, for classified data.
   *
   * @default - none are asked for
   */
  readonly messageSignatures?: MessageSignatures;
}

/** Properties of `ApiService`. */
export interface ApiServiceProps extends ApiServiceOptions {
  /** What the service offers, at least one operation; every other method and path is refused. */
  readonly operations: Operation[];
  /**
   * Every scope that an operation may ask for.
   *
   * @default - the scopes that the operations name
   */
  readonly scopeVocabulary?: string[];
  /**
   * Schemas that request bodies refer to as `#/components/schemas/NAME`.
   *
   * @default - none
   */
  readonly schemas?: { [name: string]: unknown };
  /**
   * What the source document asks for beside its operations and the gateway cannot enforce, one sentence each.
   *
   * @default - none
   */
  readonly notEnforced?: string[];
}

/** One API service: what it offers, how sensitive it is and where it may be reached from. */
export class ApiService {
  /**
   * An API service from an OpenAPI 3.0 or 3.1 document (JSON or YAML).
   *
   * What the gateway cannot express is reported, never dropped: in `Operation.notEnforced`, and in `notEnforced` where it
   * belongs to no operation.
   *
   * @param file path of the document, relative to the working directory
   */
  public static fromOpenApi(name: string, file: string, options: ApiServiceOptions): ApiService {
    return new ApiService(name, { ...options, ...importOpenApi(file, options.scopes) });
  }

  /** Name of the service: part of its stacks' names and of trust tokens. */
  public readonly name: string;
  /** Team that answers for the service. */
  public readonly owner: string;
  /** Security classification of the data. */
  public readonly classification: Classification;
  /** Where the service may be exposed. */
  public readonly approvedExposure: Exposure[];
  /** Where the service is exposed. */
  public readonly exposure: Exposure[];
  /** Where the service runs. */
  public readonly backend: Backend;
  /** Kind of sensitive data in the service. */
  public readonly dataSensitivity: DataSensitivity;
  /** Largest request body. */
  public readonly bodyLimit: BodyLimit;
  /** Browser origin whose pages may read the answers; undefined when none may. */
  public readonly cors?: Cors;
  /** Whether a request must carry `X-Protective-Marking`. */
  public readonly protectiveMarking: ProtectiveMarking;
  /** First segment of the service's path under the domain name. */
  public readonly basePath: string;
  /** Resources that one REST API may hold; a service that needs more is split over several. */
  public readonly resourceQuota: number;
  /** What the service offers. */
  public readonly operations: Operation[];
  /** Schemas that request bodies refer to, by name. */
  public readonly schemas: { [name: string]: unknown };
  /** What the source document asks for beside its operations and the gateway cannot enforce. */
  public readonly notEnforced: string[];
  /** How the user must have been authenticated for operations that do not say so; undefined where the group decides. */
  public readonly authenticationLevel?: AuthenticationLevel;
  /** Cedar policies of the service itself; those of its group count beside them. */
  public readonly accessPolicies?: AccessPolicies;
  /** Operations that managed rules of the web ACL do not block. */
  public readonly managedRuleExceptions: ManagedRuleException[];
  /** How often one network address may call an operation, or the whole service. */
  public readonly addressLimits: AddressLimit[];
  /** Addresses that the service may be called from; undefined where its security domains decide. */
  public readonly sourceAddresses?: AddressRanges;
  /** How involved bodies may be; undefined where the group says so. */
  public readonly threatProtection?: ThreatProtection;
  /** What becomes of query parameters that an operation does not declare. */
  public readonly unknownParameters: UnknownParameters;
  /** What becomes of bodies with properties that are read-only. */
  public readonly readOnlyProperties: ReadOnlyProperties;
  /** Signatures that consumers make of their requests; undefined where none are asked for. */
  public readonly messageSignatures?: MessageSignatures;
  private readonly scopes?: Scopes;

  public constructor(name: string, props: ApiServiceProps) {
    this.name = checkedName(name);
    this.owner = props.owner;
    this.classification = props.classification;
    this.approvedExposure = props.approvedExposure;
    this.exposure = props.exposure ?? props.approvedExposure;
    this.backend = props.backend;
    this.dataSensitivity = props.dataSensitivity ?? DataSensitivity.NONE;
    this.bodyLimit = props.bodyLimit ?? BodyLimit.of(Size.kibibytes(64));
    this.cors = props.cors;
    this.protectiveMarking = props.protectiveMarking ?? ProtectiveMarking.optional();
    this.basePath = checkedName(props.basePath ?? name);
    this.resourceQuota = props.resourceQuota ?? 300;
    this.operations = props.operations;
    this.schemas = props.schemas ?? {};
    this.notEnforced = props.notEnforced ?? [];
    this.scopes = props.scopes;
    this.authenticationLevel = props.authenticationLevel;
    this.accessPolicies = props.accessPolicies;
    this.managedRuleExceptions = props.managedRuleExceptions ?? [];
    this.addressLimits = props.addressLimits ?? [];
    this.sourceAddresses = props.sourceAddresses;
    this.threatProtection = props.threatProtection;
    this.unknownParameters = props.unknownParameters ?? UnknownParameters.REFUSED;
    this.readOnlyProperties = props.readOnlyProperties ?? ReadOnlyProperties.REFUSED;
    this.messageSignatures = props.messageSignatures;
    this.check(props.scopeVocabulary);
    checkServicePolicies(this);
  }

  /** The scopes that an operation of this service needs. */
  public scopesOf(operation: Operation): Scopes {
    const scopes = operation.scopes ?? this.scopes;
    demand('SCOPES_MISSING', scopes !== undefined && !scopes.isEmpty, () => `none for '${operation.id}' of '${this.name}'`);
    return scopes;
  }

  private check(vocabulary: string[] | undefined): void {
    demand('OWNER', this.owner.trim() !== '' && OWNER.test(this.owner), () => `'${this.owner}' for '${this.name}'`);
    demand('SERVICE_EMPTY', this.operations.length > 0, () => `none in '${this.name}'`);
    const missing = this.exposure.find((exposure) => !this.approvedExposure.includes(exposure));
    demand('EXPOSURE_NOT_APPROVED', this.approvedExposure.length > 0, () => `approvedExposure: [] for '${this.name}'`, 'approvedExposure: [Exposure.INTERNAL] once it is approved');
    demand('EXPOSURE_NOT_APPROVED', missing === undefined, () => `'${missing}' for '${this.name}', approved for ${this.approvedExposure.join(', ')}`);
    demand('CLASSIFICATION_MARKING', !this.classification.needsMarking || this.protectiveMarking.isRequired, () => `${this.classification.marking} without a marking for '${this.name}'`);
    checkUnique(`operations of '${this.name}'`, this.operations.map((operation) => `${operation.method} ${operation.path.replace(/\{[^}]+\}/g, '{}')}`), 'one operation, or a path that differs by more than parameter names');
    checkUnique(`operations of '${this.name}'`, this.operations.map((operation) => operation.id));
    const ids = new Set(this.operations.map(({ id }) => id));
    const signed = (this.messageSignatures?.operations ?? []).map((operation) => ({ operation }));
    const stray = [...this.managedRuleExceptions, ...this.addressLimits, ...signed].find(({ operation }) => operation !== undefined && !ids.has(operation));
    demand('OPERATION_UNKNOWN', stray === undefined, () => `'${stray?.operation}' in '${this.name}'`);
    checkUnique(`limits of addresses in '${this.name}'`, this.addressLimits.map(({ operation, window }) => `${operation ?? 'the service'} in ${window.toHumanString()}`), 'one limit, or another window');
    const known = vocabulary && new Set(vocabulary);
    for (const operation of this.operations) {
      const unknown = this.scopesOf(operation).names.find((scope) => known !== undefined && !known.has(scope));
      demand('SCOPE_UNKNOWN', unknown === undefined, () => `'${unknown}' for '${operation.id}' of '${this.name}'`);
    }
  }
}
