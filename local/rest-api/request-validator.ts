import { LocalRefusal } from '../local-refusal';
import { dereference, type ApiDocument, type Operation, type RequestValidatorSettings, type Schema } from './api-document';
import { header, queryParameters } from './gateway-request';
import { GatewayRefusal } from './gateway-response';
import type { MappingSource } from './parameter-mapping';
import { SchemaValidation } from './schema-validation';

/** Basic request validation of a REST API: presence of required parameters, and the body against its model. */
export class RequestValidator {
  private readonly schemas: SchemaValidation;

  constructor(private readonly document: ApiDocument) {
    this.schemas = new SchemaValidation(document);
  }

  /** Checks that the validator an operation names exists. */
  public assertKnown(operation: Operation): void {
    this.settings(operation);
  }

  /** @throws GatewayRefusal BAD_REQUEST_PARAMETERS or BAD_REQUEST_BODY */
  public validate(operation: Operation, source: MappingSource): void {
    const { validateRequestParameters, validateRequestBody } = this.settings(operation);
    if (validateRequestParameters === true) this.validateParameters(operation, source);
    if (validateRequestBody === true) this.validateBody(operation, source);
  }

  private settings(operation: Operation): RequestValidatorSettings {
    const name = operation['x-amazon-apigateway-request-validator'] ?? this.document['x-amazon-apigateway-request-validator'];
    if (name === undefined) return {};
    const settings = this.document['x-amazon-apigateway-request-validators']?.[name];
    if (settings === undefined) throw new LocalRefusal('LOCAL_REQUEST_VALIDATOR', 'a request validator is declared in the body', name, 'it in x-amazon-apigateway-request-validators');
    return settings;
  }

  private validateParameters(operation: Operation, { request, pathParameters }: MappingSource): void {
    const query = queryParameters(request.query);
    const present: { readonly [place: string]: (name: string) => string | undefined } = {
      header: (name) => header(request, name),
      query: (name) => query.get(name)?.[0],
      path: (name) => pathParameters[name],
    };
    const missing = (operation.parameters ?? []).map((parameter) => dereference(this.document, parameter))
      .filter(({ in: place, name, required }) => required === true && present[place] !== undefined && (present[place](name) ?? '').trim() === '').map(({ name }) => name);
    if (missing.length > 0) {
      const message = `Missing required request parameters: [${missing.join(', ')}]`;
      throw new GatewayRefusal('BAD_REQUEST_PARAMETERS', { message, validation: message });
    }
  }

  private validateBody(operation: Operation, { request }: MappingSource): void {
    const content = operation.requestBody === undefined ? {} : dereference(this.document, operation.requestBody).content ?? {};
    // A missing type counts as JSON; a type without a model is not validated unless there is a $default model.
    const mediaType = (header(request, 'content-type') ?? 'application/json').split(';')[0]!.trim().toLowerCase();
    const schema: Schema | undefined = (content[mediaType] ?? content.$default)?.schema;
    const problem = schema === undefined ? undefined : this.schemas.problem(schema, request.body);
    if (problem !== undefined) throw new GatewayRefusal('BAD_REQUEST_BODY', { validation: problem });
  }
}
