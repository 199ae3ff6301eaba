import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from '../../../lib/evidence/report';
import { writeFixture } from './fixture-assembly';

const scratch = mkdtempSync(join(tmpdir(), 'report-'));
const app = writeFixture(join(scratch, 'cdk.out'));
afterAll(() => rmSync(scratch, { recursive: true }));

const read = (directory: string) => Object.fromEntries(readdirSync(directory).sort().map((name) => [name, readFileSync(join(directory, name), 'utf8')]));

test('writes Markdown, HTML and an OSCAL component definition, and nothing else', () => {
  const { files } = report(app, join(scratch, 'out'));
  expect(Object.keys(read(join(scratch, 'out')))).toEqual(['component-definition.json', 'controls.html', 'controls.md']);
  expect(files).toEqual(['controls.md', 'controls.html', 'component-definition.json'].map((name) => join(scratch, 'out', name)));
});

test('writes the same bytes for the same assembly', () => {
  report(app, join(scratch, 'first'));
  report(app, join(scratch, 'second'));
  expect(read(join(scratch, 'second'))).toEqual(read(join(scratch, 'first')));
});

test('gives every acknowledged finding with construct, rule and reason', () => {
  report(app, join(scratch, 'out'));
  const { 'controls.md': markdown, 'controls.html': html } = read(join(scratch, 'out'));
  expect(markdown).toContain('| `CdkNag-AwsSolutions::APIG6` | access logs are in \\<JSON\\> \\| by design | `Production/Edge/Stage`, `Test/Edge/Stage` |');
  expect(html).toContain('<code>CdkNag-AwsSolutions::APIG6</code></th><td>access logs are in &lt;JSON&gt; | by design</td><td><code>Production/Edge/Stage</code>');
});

test('lists what the gateway leaves to the services, operation by operation', () => {
  report(app, join(scratch, 'out'));
  expect(read(join(scratch, 'out'))['controls.md']).toContain('| format date-time | GET /accounts | `Production/Edge/PublicApi`, `Production/Edge/PartnerApi`, `Production/Edge/InternalApi`, `Test/Edge/PublicApi`, `Test/Edge/PartnerApi`, `Test/Edge/InternalApi` |');
});

test('traces every threat to the controls that answer it', () => {
  report(app, join(scratch, 'out'));
  const { 'controls.md': markdown } = read(join(scratch, 'out'));
  expect(['TE-14', 'TE-24', 'TE-26', 'TE-29', 'TE-40'].filter((id) => markdown?.includes(`### ${id} `))).toHaveLength(5);
});

test('loads nothing from elsewhere and runs no script in the HTML report', () => {
  report(app, join(scratch, 'out'));
  const html = read(join(scratch, 'out'))['controls.html'] ?? '';
  expect(html).not.toMatch(/<script|<link|<img|src=|url\(|@import/);
  expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
});

test('links inside the HTML report lead somewhere, and ids are unique', () => {
  report(app, join(scratch, 'out'));
  const html = read(join(scratch, 'out'))['controls.html'] ?? '';
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id).filter((id) => !ids.includes(id))).toEqual([]);
});

test('names the controls that a newer release changed or no longer has', () => {
  const catalogue = join(scratch, 'ISM_catalog.json');
  const control = (id: string, revision: string) => ({ id, props: [{ name: 'revision', value: revision }] });
  writeFileSync(catalogue, JSON.stringify({ catalog: { metadata: { version: '2026.09.4' }, groups: [{ groups: [{ controls: [control('ism-0469', '7'), control('ism-1546', '0')] }] }] } }));
  const { trace } = report(app, join(scratch, 'newer'), { catalogue });
  const { 'controls.md': markdown } = read(join(scratch, 'newer'));
  expect(trace.catalogue.version).toBe('v2026.09.4');
  expect(markdown).toContain('ISM-0469 has revision 7 in v2026.09.4; the claim was written against revision 6.');
  expect(markdown).toContain('ISM-0628 is not in v2026.09.4: rescinded since v2025.12.9, look for its successor.');
  expect(markdown).not.toMatch(/ISM-1546 (is not|has revision)/);
});

test.each([
  ['a directory that is no assembly', () => report(scratch, join(scratch, 'never')), `EVIDENCE_ASSEMBLY: evidence is computed from a synthesized cloud assembly, got ${scratch} without a manifest.json; write --app with the directory that \`npx cdk synth -q\` wrote, such as cdk.out`],
  ['a date without a time zone', () => report(app, join(scratch, 'never'), { lastModified: '2025-12-09' }), "EVIDENCE_DATE: the last-modified date of the evidence is an RFC 3339 timestamp with a time zone, got '2025-12-09'; write '2025-12-09T00:00:00Z'"],
  ['a catalogue that is not there', () => report(app, join(scratch, 'never'), { catalogue: 'none.json' }), 'EVIDENCE_CATALOGUE: a control catalogue is an OSCAL catalog in JSON with ISM control ids, got none.json, which does not exist; write --catalogue with the ISM_catalog.json of an ISM release'],
])('refuses %s and writes nothing', (_, run, message) => {
  expect(run).toThrow(message);
  expect(readdirSync(scratch)).not.toContain('never');
});

test('refuses a broken template by its path', () => {
  const broken = writeFixture(join(scratch, 'broken'));
  writeFileSync(join(broken, 'assembly-Test', 'Edge.template.json'), '{');
  expect(() => report(broken, join(scratch, 'never'))).toThrow(/^EVIDENCE_FILE: .*assembly-Test\/Edge\.template\.json \(.*; write a fresh assembly/);
});

test('leaves the earlier reports whole when it cannot write', () => {
  const out = join(scratch, 'kept');
  report(app, out);
  const before = read(out);
  const blocked = join(scratch, 'file');
  writeFileSync(blocked, '');
  expect(() => report(app, join(blocked, 'out'))).toThrow(/^EVIDENCE_OUTPUT: /);
  mkdirSync(join(scratch, 'occupied', 'component-definition.json', 'x'), { recursive: true });
  expect(() => report(app, join(scratch, 'occupied'))).toThrow(/^EVIDENCE_OUTPUT: /);
  expect(read(out)).toEqual(before);
});
