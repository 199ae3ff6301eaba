import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readAssembly } from '../../../lib/evidence/assembly';
import { componentDefinition } from '../../../lib/evidence/oscal';
import { trace } from '../../../lib/evidence/trace';
import { writeFixture } from './fixture-assembly';
import { COMPONENT_DEFINITION_SCHEMA } from './component-definition-schema';

const app = writeFixture(mkdtempSync(join(tmpdir(), 'oscal-')));
afterAll(() => rmSync(app, { recursive: true }));

interface Requirement { uuid: string; 'control-id': string; props: { name: string; value: string }[]; links?: { href: string; 'resource-fragment': string }[] }
interface Implementation { uuid: string; source: string; 'implemented-requirements': Requirement[] }
interface Definition { 'component-definition': { uuid: string; components: { uuid: string; title: string; 'control-implementations': Implementation[] }[]; 'back-matter': { resources: { uuid: string; rlinks: { href: string }[] }[] } } }

const define = (lastModified = '2025-12-09T00:00:00Z') => componentDefinition(trace(readAssembly(app)), lastModified) as Definition;
const { 'component-definition': definition } = define();
const implementations = definition.components.flatMap((component) => component['control-implementations']);
const requirements = implementations.flatMap((implementation) => implementation['implemented-requirements']);

test('satisfies the OSCAL 1.1.2 component definition model', () => {
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: true });
  addFormats(ajv);
  ajv.validate(COMPONENT_DEFINITION_SCHEMA, define());
  expect(ajv.errors).toBeNull();
});

test('has one component per asset, each with the controls of today apart from those rescinded', () => {
  expect(definition.components.map(({ title }) => title)).toEqual(['API Service', 'API Gateway', 'API Lifecycle']);
  const rescinded = requirements.filter(({ props }) => props.some(({ name, value }) => name === 'state' && value === 'rescinded'));
  expect(rescinded.map((requirement) => requirement['control-id'])).toEqual(['ism-1757', 'ism-1435', 'ism-1775']);
  expect(rescinded.every(({ props }) => props.some(({ name }) => name === 'successor'))).toBe(true);
});

test('names a control at most once per component', () => {
  for (const component of definition.components) {
    const ids = component['control-implementations'].flatMap((one) => one['implemented-requirements'].map((requirement) => requirement['control-id']));
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test('gives every object an id of its own, and every reference a resource', () => {
  const resources = definition['back-matter'].resources.map(({ uuid }) => uuid);
  const ids = [definition.uuid, ...definition.components.map(({ uuid }) => uuid), ...implementations.map(({ uuid }) => uuid), ...requirements.map(({ uuid }) => uuid), ...resources];
  expect(new Set(ids).size).toBe(ids.length);
  const references = [...implementations.map(({ source }) => source), ...requirements.flatMap(({ links = [] }) => links.map(({ href }) => href))];
  expect(references.filter((reference) => !resources.includes(reference.slice(1)))).toEqual([]);
});

test('points from an implemented control to the logical ids in the templates', () => {
  const encryption = requirements.find((requirement) => requirement['control-id'] === 'ism-1985');
  expect(encryption?.links?.map((link) => link['resource-fragment'])).toEqual(expect.arrayContaining(['/Resources/Archive', '/Resources/Log']));
  expect(definition['back-matter'].resources.flatMap(({ rlinks }) => rlinks.map(({ href }) => href))).toContain('assembly-Production/Edge.template.json');
});

test('keeps its ids from run to run', () => {
  expect(define()).toEqual(define());
  expect(define('2026-01-01T00:00:00Z')['component-definition'].uuid).toBe(definition.uuid);
});
