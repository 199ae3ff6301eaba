const TOKEN = '^(\\p{L}|_)(\\p{L}|\\p{N}|[.\\-_])*$';
const UUID = '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$';

const token = { type: 'string', pattern: TOKEN };
const uuid = { type: 'string', pattern: UUID };
const line = { type: 'string', pattern: '^\\S(.*\\S)?$' };
const prose = { type: 'string', minLength: 1 };
const reference = { type: 'string', format: 'uri-reference' };

function object(properties: Record<string, unknown>, required: readonly string[]): Record<string, unknown> {
  return { type: 'object', properties, required, additionalProperties: false };
}

function list(items: unknown): Record<string, unknown> {
  return { type: 'array', minItems: 1, items };
}

const props = list(object({ name: token, uuid, ns: { type: 'string', format: 'uri' }, value: line, class: token, group: token, remarks: prose }, ['name', 'value']));
const links = list(object({ href: reference, rel: token, 'media-type': line, 'resource-fragment': line, text: line }, ['href']));

const requirement = object({ uuid, 'control-id': token, description: prose, props, links, remarks: prose }, ['uuid', 'control-id', 'description']);
const implementation = object({ uuid, source: reference, description: prose, props, links, 'implemented-requirements': list(requirement) }, ['uuid', 'source', 'description', 'implemented-requirements']);
const component = object({ uuid, type: line, title: line, description: prose, purpose: line, props, links, 'control-implementations': list(implementation), remarks: prose }, ['uuid', 'type', 'title', 'description']);
const metadata = object({
  title: line, published: { type: 'string', format: 'date-time' }, 'last-modified': { type: 'string', format: 'date-time' }, version: line, 'oscal-version': { const: '1.1.2' }, props, links, remarks: prose,
}, ['title', 'last-modified', 'version', 'oscal-version']);
const resource = object({ uuid, title: line, description: prose, props, rlinks: list(object({ href: reference, 'media-type': line }, ['href'])), remarks: prose }, ['uuid']);

/** The part of the OSCAL 1.1.2 component definition model that the evidence uses; anything outside it is refused. */
export const COMPONENT_DEFINITION_SCHEMA = object({
  'component-definition': object({
    uuid, metadata, components: list(component), 'back-matter': object({ resources: list(resource) }, []),
  }, ['uuid', 'metadata']),
}, ['component-definition']);
