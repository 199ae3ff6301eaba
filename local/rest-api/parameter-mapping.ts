import { LocalRefusal } from '../local-refusal';
import type { ContextVariables } from './context-variables';
import { queryParameters, type GatewayRequest } from './gateway-request';

/** Where mapping expressions read from. */
export interface MappingSource {
  readonly request: GatewayRequest;
  readonly pathParameters: { readonly [name: string]: string };
  readonly stageVariables: { readonly [name: string]: string };
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

/** The value of a mapping expression: `'literal'`, or one of the sources above; nothing where it has none. */
export function mappedValue(expression: string, source: MappingSource): string | undefined {
  if (isLiteral(expression)) return expression.slice(1, -1);
  const [prefix, read] = EXPRESSIONS.find(([candidate]) => expression.startsWith(candidate)) ?? [];
  return read?.(source, expression.slice(prefix!.length));
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
export function withStageVariables(text: string, variables: { readonly [name: string]: string }): string {
  return !text.includes('${') ? text : text.replace(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new LocalRefusal('LOCAL_STAGE_VARIABLE', `the stage sets every variable of ${text}`, `no ${name}`, `Variables: { ${name}: ... } on the stage`);
    return value;
  });
}

function isLiteral(expression: string): boolean {
  return expression.length >= 2 && expression.startsWith('\'') && expression.endsWith('\'');
}
