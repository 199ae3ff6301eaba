import { demand } from '../private/refusal';
import { AuthenticationLevel } from './authentication-level';
import { HttpMethod } from './http-method';
import { ParameterLocation } from './parameter-location';
import { Scopes } from './scopes';

/** A parameter of an operation. */
export interface Parameter {
  /** Name as sent. */
  readonly name: string;
  /** Where in the request it is sent. */
  readonly location: ParameterLocation;
  /**
   * Refuse requests without it.
   *
   * @default false
   */
  readonly required?: boolean;
  /**
   * JSON Schema of the value (OpenAPI 3.0 or 3.1 flavour); `$ref` may point to `#/components/schemas/…`.
   *
   * The authorizer enforces it; what it cannot enforce, the evidence lists.
   *
   * @default - any text, sent once
   */
  readonly schema?: unknown;
  /**
   * How a list or an object is written: `form`, `spaceDelimited`, `pipeDelimited` or `deepObject` in the query, `simple` elsewhere.
   *
   * @default - `form` in the query, `simple` elsewhere
   */
  readonly style?: string;
  /**
   * Whether each value of a list in the query is a parameter of its own.
   *
   * @default true for `form`
   */
  readonly explode?: boolean;
  /**
   * Let a query parameter come without a value.
   *
   * @default false
   */
  readonly mayBeEmpty?: boolean;
}

/** A body that an operation accepts. */
export interface RequestContent {
  /** `application/json`, `multipart/form-data` … without parameters. */
  readonly mediaType: string;
  /**
   * JSON Schema of the body (OpenAPI 3.0 or 3.1 flavour); `$ref` may point to `#/components/schemas/…`.
   *
   * @default - the gateway does not validate this media type, and the evidence says so
   */
  readonly schema?: unknown;
}

/** Properties of `Operation`. */
export interface OperationProps {
  /** HTTP method; the gateway refuses every other one on the same path. */
  readonly method: HttpMethod;
  /** Path below the API service: `/accounts/{id}`. */
  readonly path: string;
  /**
   * Name of the operation, unique in its API service.
   *
   * @default - method and path: `get /accounts/{id}`
   */
  readonly id?: string;
  /**
   * Scopes that a caller needs.
   *
   * @default - the API service's own `scopes`
   */
  readonly scopes?: Scopes;
  /**
   * How strongly and recently the user must have been authenticated.
   *
   * @default - what the API service asks for, or else its group
   */
  readonly authenticationLevel?: AuthenticationLevel;
  /**
   * Parameters that the operation takes.
   *
   * Those of the path need no declaration. A query parameter that is not declared is refused, unless the API service accepts
   * unknown ones.
   *
   * @default - none
   */
  readonly parameters?: Parameter[];
  /**
   * Bodies that are accepted.
   *
   * @default - none
   */
  readonly content?: RequestContent[];
  /**
   * Refuse requests without a body.
   *
   * @default true when `content` is given
   */
  readonly contentRequired?: boolean;
  /**
   * What the source document asks for and the gateway cannot enforce, one sentence each.
   *
   * @default - none
   */
  readonly notEnforced?: string[];
}

const PATH = /^\/$|^(\/([A-Za-z0-9._:-]+|\{[A-Za-z0-9._-]+\}))+$/;

/** One operation of an API service: a method on a path. */
export class Operation {
  /** HTTP method. */
  public readonly method: HttpMethod;
  /** Path below the API service. */
  public readonly path: string;
  /** Name of the operation, unique in its API service; audit records use it. */
  public readonly id: string;
  /** Scopes that a caller needs; undefined where those of the API service hold. */
  public readonly scopes?: Scopes;
  /** How the user must have been authenticated; undefined where the API service or group decides. */
  public readonly authenticationLevel?: AuthenticationLevel;
  /** Parameters that the operation takes. */
  public readonly parameters: Parameter[];
  /** Bodies that are accepted, with media types in lower case; every other one gets 415. */
  public readonly content: RequestContent[];
  /** True when a request without a body is refused. */
  public readonly contentRequired: boolean;
  /** What the source document asks for and the gateway cannot enforce. */
  public readonly notEnforced: string[];

  public constructor(props: OperationProps) {
    demand('OPERATION_PATH', PATH.test(props.path), () => `'${props.path}'`);
    this.method = props.method;
    this.path = props.path;
    this.id = props.id ?? `${props.method.toLowerCase()} ${props.path}`;
    this.scopes = props.scopes;
    this.authenticationLevel = props.authenticationLevel;
    this.parameters = props.parameters ?? [];
    // Media types are case-insensitive, and everything behind this compares them.
    this.content = (props.content ?? []).map((content) => ({ ...content, mediaType: content.mediaType.toLowerCase() }));
    this.contentRequired = props.contentRequired ?? this.content.length > 0;
    this.notEnforced = props.notEnforced ?? [];
  }
}
