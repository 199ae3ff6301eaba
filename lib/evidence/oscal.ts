import { compare } from './assembly';
import { CATALOGUE_SOURCE } from './catalogue';
import { Asset, ControlState } from './control';
import { THREATS } from './threat';
import type { RowTrace, Trace } from './trace';
import { uuid } from './uuid';

/** The OSCAL release that the component definition follows. */
export const OSCAL_VERSION = '1.1.2';

/** Namespace of the properties that OSCAL has no name for. */
export const OSCAL_NAMESPACE = 'https://github.com/cdk-api-security/cdk-api-security/ns/oscal';

/** The release that the pattern cites; rescinded controls are traced against it. */
const SEED_RELEASE = 'December 2022';

const COMPONENTS: { readonly [A in Asset]: { readonly type: string; readonly description: string } } = {
  [Asset.API_SERVICE]: { type: 'service', description: 'An application that offers one or more APIs, behind the gateway.' },
  [Asset.API_GATEWAY]: { type: 'service', description: 'Endpoints, web ACLs, REST APIs and authorizers that face callers and enforce policy.' },
  [Asset.API_LIFECYCLE]: { type: 'process-procedure', description: 'How APIs are declared, stamped, released and kept.' },
};

/** The trace as an OSCAL component definition. */
export function componentDefinition(trace: Trace, lastModified: string): unknown {
  const components = Object.values(Asset).map((asset) => component(asset, trace));
  return {
    'component-definition': {
      uuid: uuid(`component-definition ${JSON.stringify(components)}`),
      metadata: {
        title: 'API security pattern: component definition',
        'last-modified': lastModified,
        version: trace.catalogue.version,
        'oscal-version': OSCAL_VERSION,
        remarks: `Computed from the synthesized templates of ${trace.environments.join(', ')}.`,
      },
      components,
      'back-matter': { resources: [...catalogueResources(trace), ...templateResources(trace)] },
    },
  };
}

function component(asset: Asset, trace: Trace): unknown {
  const rows = trace.rows.filter(({ row }) => row.asset === asset);
  const [rescinded, current] = [true, false].map((wanted) => rows.filter(({ state }) => (state === ControlState.RESCINDED) === wanted)) as [RowTrace[], RowTrace[]];
  const implementations = [
    implementation(asset, current, catalogueId(trace), `Controls of the Information Security Manual ${trace.catalogue.version}.`),
    implementation(asset, rescinded, seedCatalogueId(), `Controls of the ${SEED_RELEASE} release that were rescinded since, with their successors.`),
  ];
  return {
    uuid: uuid(`component ${asset}`),
    type: COMPONENTS[asset].type,
    title: asset,
    description: COMPONENTS[asset].description,
    'control-implementations': implementations.filter((one) => one['implemented-requirements'].length > 0),
  };
}

function implementation(asset: Asset, rows: readonly RowTrace[], source: string, description: string) {
  return {
    uuid: uuid(`control-implementation ${asset} ${source}`),
    source: `#${source}`,
    description,
    'implemented-requirements': rows.map(requirement),
  };
}

function requirement(trace: RowTrace): unknown {
  const { row, control, state, results, missing } = trace;
  const remarks = [control.changed, row.because, row.standsIn, missing.join(' '), trace.review, ...failures(trace)].filter((part) => part !== undefined && part !== '').join('\n\n');
  const links = results.filter(({ holds }) => holds).flatMap(({ environments }) => environments.flatMap(({ satisfied }) => satisfied)).map(({ template, logicalId }) => ({
    href: `#${templateId(template)}`, rel: 'implemented-by', 'resource-fragment': `/Resources/${logicalId}`, text: logicalId,
  }));
  return {
    uuid: uuid(`requirement ${row.asset} ${row.control}`),
    'control-id': row.control.toLowerCase(),
    description: [row.intent, control.subject].filter((part) => part !== undefined).join('\n\n'),
    props: [
      property('state', state.replaceAll(' ', '-')),
      property('change', control.change.replaceAll(' ', '-')),
      ...(control.revision === undefined ? [] : [property('control-revision', `${control.revision}`)]),
      ...(control.successors ?? []).map((id) => property('successor', id.toLowerCase())),
      ...THREATS.filter(({ controls, added }) => [...controls, ...added].includes(row.control)).map(({ id }) => property('threat', id)),
      ...results.map(({ check, holds }) => ({ ...property('check', check.id), class: holds ? 'holds' : 'fails', remarks: check.shows })),
    ],
    ...(links.length === 0 ? {} : { links: unique(links) }),
    ...(remarks === '' ? {} : { remarks }),
  };
}

function failures({ results }: RowTrace): string[] {
  return results.filter(({ holds }) => !holds).flatMap(({ check, environments }) => environments
    .filter(({ holds }) => !holds).map(({ environment, failure }) => `Check ${check.id} fails in ${environment}: ${failure ?? ''}`));
}

function property(name: string, value: string) {
  return { name, ns: OSCAL_NAMESPACE, value };
}

function catalogueResources(trace: Trace): unknown[] {
  return [
    { uuid: catalogueId(trace), title: `Information Security Manual ${trace.catalogue.version}`, rlinks: [{ href: `${CATALOGUE_SOURCE}/${trace.catalogue.version}/artifacts/ISM_catalog.json`, 'media-type': 'application/json' }] },
    { uuid: seedCatalogueId(), title: `Information Security Manual, ${SEED_RELEASE} release`, rlinks: [{ href: CATALOGUE_SOURCE }] },
  ];
}

function templateResources({ rows }: Trace): unknown[] {
  const templates = rows.flatMap(({ results }) => results.flatMap(({ environments }) => environments.flatMap(({ satisfied }) => satisfied.map(({ template }) => template))));
  return [...new Set(templates)].sort(compare).map((template) => ({
    uuid: templateId(template), title: `Synthesized template ${template}`, rlinks: [{ href: template, 'media-type': 'application/json' }],
  }));
}

function catalogueId({ catalogue }: Trace): string {
  return uuid(`catalogue ${catalogue.version}`);
}

function seedCatalogueId(): string {
  return uuid(`catalogue ${SEED_RELEASE}`);
}

function templateId(template: string): string {
  return uuid(`template ${template}`);
}

function unique<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
