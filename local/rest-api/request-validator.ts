import { LocalRefusal } from '../local-refusal';
import { dereference, type ApiDocument, type Operation, type RequestValidatorSettings, type Schema } from './api-document';
import { header, queryParameters } from './gateway-request';
import { GatewayRefusal } from './gateway-response';
import type { MappingSource } from './parameter-mapping';
import { SchemaValidation } from './schema-validation';

/** Checks one request. @throws GatewayRefusal BAD_REQUEST_PARAMETERS or BAD_REQUEST_BODY */
export type Validate = (source: MappingSource) => void;

/** Where a required parameter is looked for. */
const PLACES: { readonly [place: string]: ((source: MappingSource, name: string) => string | undefined) | undefined } = {
  header: ({ request }, name) => header(request, name),
  query: ({ request }, name) => queryParameters(request.query).get(name)?.[0],
  path: ({ pathParameters }, name) => pathParameters[name],
};

/** Basic request validation of a REST API: presence of required parameters, and the body against its model. */
export class RequestValidator {
  private readonly schemas: SchemaValidation;

  constructor(private readonly document: ApiDocument) {
    this.schemas = new SchemaValidation(document);
  }

  /** Compiles what is checked of the requests of an operation. @throws LocalRefusal where the validator that it names does not exist */
  public of(operation: Operation): Validate {
    const { validateRequestParameters, validateRequestBody } = this.settings(operation);
    const checks = [...validateRequestParameters === true ? [this.parameters(operation)] : [], ...validateRequestBody === true ? [this.body(operation)] : []];
    return (source) => { for (const check of checks) check(source); };
  }

  private settings(operation: Operation): RequestValidatorSettings {
    const name = operation['x-amazon-apigateway-request-validator'] ?? this.document['x-amazon-apigateway-request-validator'];
    if (name === undefined) return {};
    const settings = this.document['x-amazon-apigateway-request-validators']?.[name];
    if (settings === undefined) throw new LocalRefusal('LOCAL_REQUEST_VALIDATOR', 'a request validator is declared in the body', name, 'it in x-amazon-apigateway-request-validators');
    return settings;
  }

  private parameters(operation: Operation): Validate {
    const required = (operation.parameters ?? []).map((parameter) => dereference(this.document, parameter))
      .flatMap(({ in: place, name, required: mandatory }) => mandatory === true && PLACES[place] !== undefined ? [{ name, read: PLACES[place] }] : []);
    return (source) => {
      const missing = required.filter(({ name, read }) => (read(source, name) ?? '').trim() === '');
      if (missing.length === 0) return;
      const message = `Missing required request parameters: [${missing.map(({ name }) => name).join(', ')}]`;
      throw new GatewayRefusal('BAD_REQUEST_PARAMETERS', { message, validation: message });
    };
  }

  private body(operation: Operation): Validate {
    const content = operation.requestBody === undefined ? {} : dereference(this.document, operation.requestBody).content ?? {};
    return ({ request }) => {
      // A missing type counts as JSON; a type without a model is not validated unless there is a $default model.
      const mediaType = (header(request, 'content-type') ?? 'application/json').split(';')[0]!.trim().toLowerCase();
      const schema: Schema | undefined = (content[mediaType] ?? content.$default)?.schema;
      const problem = schema === undefined ? undefined : this.schemas.problem(schema, request.body);
      if (problem !== undefined) throw new GatewayRefusal('BAD_REQUEST_BODY', { validation: problem });
    };
  }
}
