import { LocalRefusal } from '../local-refusal';
import type { IntegrationSettings } from './api-document';
import { header } from './gateway-request';
import { acceptedTemplate, GatewayRefusal } from './gateway-response';
import type { Integration } from './integration';
import { assertMappable, mappedValue } from './parameter-mapping';

/** A mock integration: the request template yields a status code, which selects the response. */
export function mock(settings: IntegrationSettings): Integration {
  const templates = settings.requestTemplates ?? {};
  for (const template of [...Object.values(templates), ...Object.values(settings.responses ?? {}).flatMap(({ responseTemplates }) => Object.values(responseTemplates ?? {}))]) {
    assertPlain(template);
  }
  for (const { responseParameters } of Object.values(settings.responses ?? {})) Object.values(responseParameters ?? {}).forEach(assertMappable);
  return async ({ source }) => {
    const code = statusCode(settings, header(source.request, 'content-type'), source.request.body, (template) => source.context.render(template));
    const response = Object.entries(settings.responses ?? {}).find(([pattern]) => pattern !== 'default' && new RegExp(`^(?:${pattern})$`).test(code))?.[1] ?? settings.responses?.default;
    if (response === undefined) throw new GatewayRefusal('API_CONFIGURATION_ERROR');
    const headers = Object.entries(response.responseParameters ?? {}).flatMap(([target, expression]) => {
      const value = mappedValue(expression, source);
      return value === undefined ? [] : [[target.replace(/^method\.response\.header\./, ''), value] as const];
    });
    const [contentType, template] = acceptedTemplate(response.responseTemplates ?? {}, source.request);
    const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
    return {
      status: Number(response.statusCode),
      headers: [...typed ? [] : [['content-type', contentType] as const], ...headers],
      body: Buffer.from(source.context.render(template)),
    };
  };
}

function statusCode(settings: IntegrationSettings, contentType: string | undefined, body: Buffer, render: (template: string) => string): string {
  const templates = settings.requestTemplates ?? {};
  const template = templates[(contentType ?? 'application/json').split(';')[0]!.trim().toLowerCase()];
  const behaviour = (settings.passthroughBehavior ?? 'when_no_match').toLowerCase();
  const passes = behaviour === 'when_no_match' || behaviour === 'when_no_templates' && Object.keys(templates).length === 0;
  if (template === undefined && !passes) throw new GatewayRefusal('UNSUPPORTED_MEDIA_TYPE');
  // Templates are VTL, where {statusCode: 405} without quotes is as good as JSON.
  const [, code] = /"?statusCode"?\s*:\s*"?(\d{3})"?/.exec(template === undefined ? body.toString() : render(template)) ?? [];
  if (code === undefined) throw new GatewayRefusal('API_CONFIGURATION_ERROR');
  return code;
}

function assertPlain(template: string): void {
  if (/#(?:set|if|foreach|else|end|macro)\b|\$(?:input|util|stageVariables)\b/.test(template)) {
    throw new LocalRefusal('LOCAL_MAPPING_TEMPLATE', 'a mapping template of a mock only substitutes $context', template.slice(0, 60), 'a template without VTL directives, $input and $util');
  }
}
