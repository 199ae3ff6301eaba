import { existsSync } from 'node:fs';
import { isRecord } from './value';
import { ControlChange, type Control } from './control';
import { EvidenceError } from './evidence-error';
import { CONTROLS } from './ism';
import { jsonFile } from './json-file';

/** A release of the ISM: which controls it has, at which revision. */
export interface Catalogue {
  readonly version: string;
  /** Revision by control id; a control without a known revision is undefined but present. */
  readonly revisions: ReadonlyMap<string, number | undefined>;
}

/** Where ISM releases are published as OSCAL; a release has `/<version>/artifacts/ISM_catalog.json` below it. */
export const CATALOGUE_SOURCE = 'https://www.cyber.gov.au/ism/oscal';

/** The release that the bundled control texts were written against. */
export const BUNDLED_CATALOGUE: Catalogue = {
  version: 'v2025.12.9',
  revisions: new Map(CONTROLS.filter(({ change }) => change !== ControlChange.RESCINDED).map(({ id, revision }) => [id, revision])),
};

/** Reads a newer release from its `ISM_catalog.json` (OSCAL catalog). */
export function readCatalogue(file: string): Catalogue {
  if (!existsSync(file)) throw new EvidenceError('EVIDENCE_CATALOGUE', `${file}, which does not exist`);
  const document = jsonFile(file);
  const catalog = isRecord(document) ? document.catalog : undefined;
  const revisions = new Map(controlsOf(catalog));
  if (!isRecord(catalog) || revisions.size === 0) throw new EvidenceError('EVIDENCE_CATALOGUE', `${file} without any control`);
  const version = isRecord(catalog.metadata) ? String(catalog.metadata.version) : 'unknown';
  return { version: version.startsWith('v') ? version : `v${version}`, revisions };
}

/** What a reviewer must look at again because the release differs from the text that this catalogue was written against. */
export function reviewOf({ id, revision, change }: Control, catalogue: Catalogue): string | undefined {
  if (change === ControlChange.RESCINDED) return catalogue.revisions.has(id) ? `${id} is in ${catalogue.version} again.` : undefined;
  if (!catalogue.revisions.has(id)) return `${id} is not in ${catalogue.version}: rescinded since ${BUNDLED_CATALOGUE.version}, look for its successor.`;
  const current = catalogue.revisions.get(id);
  return current === revision ? undefined : `${id} has revision ${current ?? 'unknown'} in ${catalogue.version}; the claim was written against revision ${revision}.`;
}

function* controlsOf(node: unknown): Generator<[string, number | undefined]> {
  if (!isRecord(node)) return;
  if (typeof node.id === 'string' && /^ism-\d{4}$/i.test(node.id)) yield [node.id.toUpperCase(), revisionOf(node.props)];
  for (const list of [node.groups, node.controls]) if (Array.isArray(list)) for (const child of list) yield* controlsOf(child);
}

function revisionOf(props: unknown): number | undefined {
  const revision: unknown = Array.isArray(props) ? props.find((prop) => isRecord(prop) && prop.name === 'revision') : undefined;
  return isRecord(revision) ? Number(revision.value) : undefined;
}
