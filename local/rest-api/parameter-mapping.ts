import { LocalRefusal } from '../local-refusal';
import type { ContextVariables } from './context-variables';
import { queryParameters, type GatewayRequest } from './gateway-request';

/** Variables of a stage by name. */
export type StageVariables = { readonly [name: string]: string };

/** Where mapping expressions read from. */
export interface MappingSource {
  readonly request: GatewayRequest;
  readonly pathParameters: { readonly [name: string]: string };
  readonly stageVariables: StageVariables;
  readonly context: ContextVariables;
}

type Read = (source: MappingSource, name: string) => string | undefined;

/** Mapping expressions by prefix, per the API Gateway parameter mapping reference. */
const EXPRESSIONS: readonly (readonly [prefix: string, read: Read])[] = [
  // Of several the last one, as in the `headers` of events.
  ['method.request.header.', ({ request }, name) => request.headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).at(-1)?.[1]],
  ['method.request.multivalueheader.', ({ request }, name) => request.headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value).join(',') || undefined],
  ['method.request.path.', ({ pathParameters }, name) => pathParameters[name]],
  ['method.request.querystring.', ({ request }, name) => queryParameters(request.query).get(name)?.at(-1)],
  ['method.request.multivaluequerystring.', ({ request }, name) => queryParameters(request.query).get(name)?.join(',')],
  ['stageVariables.', ({ stageVariables }, name) => stageVariables[name]],
  ['context.', ({ context }, name) => context.get(name)],
];

/** Reads the value of one mapping expression; nothing where it has none. */
export type MappedValue = (source: MappingSource) => string | undefined;

/** Compiles a mapping expression: `'literal'`, or one of the sources above. @throws LocalRefusal as `assertMappable` does */
export function compileMapping(expression: string): MappedValue {
  assertMappable(expression);
  if (isLiteral(expression)) {
    const literal = expression.slice(1, -1);
    return () => literal;
  }
  const [prefix, read] = EXPRESSIONS.find(([candidate]) => expression.startsWith(candidate))!;
  const name = expression.slice(prefix.length);
  return (source) => read(source, name);
}

const compiled = new Map<string, MappedValue>();

/** The value of a mapping expression; compiled ones are kept, as there are as many as the documents declare. */
export function mappedValue(expression: string, source: MappingSource): string | undefined {
  let read = compiled.get(expression);
  if (read === undefined) {
    read = compileMapping(expression);
    compiled.set(expression, read);
  }
  return read(source);
}

/**
 * Checks that an expression can be mapped.
 *
 * @throws LocalRefusal where it reads something that is not emulated, such as the body
 */
export function assertMappable(expression: string): void {
  if (!isLiteral(expression) && !EXPRESSIONS.some(([prefix]) => expression.startsWith(prefix))) {
    throw new LocalRefusal('LOCAL_PARAMETER_MAPPING', 'a parameter mapping reads a known source', expression, `'a literal' or ${EXPRESSIONS.map(([prefix]) => `${prefix}NAME`).join(', ')}`);
  }
}

/** Replaces `${stageVariables.name}` in a URI or ARN. */
export function withStageVariables(text: string, variables: StageVariables): string {
  return !text.includes('${') ? text : text.replace(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new LocalRefusal('LOCAL_STAGE_VARIABLE', `the stage sets every variable of ${text}`, `no ${name}`, `Variables: { ${name}: ... } on the stage`);
    return value;
  });
}

function isLiteral(expression: string): boolean {
  return expression.length >= 2 && expression.startsWith('\'') && expression.endsWith('\'');
}
