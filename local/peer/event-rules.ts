import type { EnvironmentAssembly } from '../assembly/environment-assembly';
import { isObject, type TemplateObject, type TemplateValue } from '../assembly/template';

/** Functions that an event is for, by the EventBridge rules of an environment. */
export function eventTargets(assembly: EnvironmentAssembly, event: TemplateObject): string[] {
  return assembly.resources('AWS::Events::Rule')
    .filter(({ properties }) => isObject(properties.EventPattern) && matches(properties.EventPattern, event))
    .flatMap(({ properties }) => (properties.Targets ?? []) as unknown as readonly { readonly Arn: string }[])
    .map(({ Arn }) => Arn);
}

/** True where an event has what a pattern asks for: values and prefixes; any other comparison matches nothing. */
export function matches(pattern: TemplateObject, event: TemplateObject): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = event[name];
    if (isObject(wanted)) return isObject(value) && matches(wanted, value);
    const values = Array.isArray(value) ? value as readonly TemplateValue[] : [value];
    return (wanted as readonly TemplateValue[]).some((one) => values.some((candidate) => (isObject(one) ? typeof candidate === 'string' && typeof one.prefix === 'string' && candidate.startsWith(one.prefix) : candidate === one)));
  });
}
