import Ajv from 'ajv';
import { FAMILIES } from '../../assess/families';
import { assessmentCases, type AssessmentCase } from '../../assess/assessment-case';
import { junit } from '../../assess/junit';
import { assessmentResults } from '../../assess/oscal';
import type { Assessment, CaseResult } from '../../assess/result';
import { CONTROLS } from '../../lib/evidence/ism';

const CASE: AssessmentCase = {
  id: 'paths/unknown/public /accounts', family: 'paths', title: 'a path that is not declared is not found', domain: 'public', controls: ['ISM-1240', 'ISM-1851'],
  probe: { kind: 'request', method: 'GET', path: '/accounts/nowhere', expected: { status: [404] } },
};
const RESULTS: readonly CaseResult[] = [
  { case: CASE, state: 'held', got: 'status 404', durationMilliseconds: 4 },
  { case: { ...CASE, id: 'paths/encoded-slash/public /accounts', controls: ['ISM-1240'] }, state: 'failed', got: 'status 200', durationMilliseconds: 5 },
  { case: { ...CASE, id: 'authentication/expired/public GET /accounts', family: 'authentication', controls: ['ISM-1546'] }, state: 'skipped', reason: 'no <credentials> & "none" \u0000', durationMilliseconds: 0 },
];
const ASSESSMENT: Assessment = { target: 'local', environment: 'Test', started: '2026-02-01T00:00:00.000Z', ended: '2026-02-01T00:00:09.000Z', intrusive: false, requests: 2, results: RESULTS };

const UUID = { type: 'string', pattern: '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$' };
const TEXT = { type: 'string', minLength: 1 };
const LINE = { type: 'string', pattern: '^\\S(.*\\S)?$' };
const TOKEN = { type: 'string', pattern: '^(\\p{L}|_)(\\p{L}|\\p{N}|[.\\-_])*$' };
const TIME = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$' };
const REFERENCE = { type: 'string', pattern: '^#' };
const list = (items: object): object => ({ type: 'array', minItems: 1, items });
const record = (required: { [name: string]: object }, optional: { [name: string]: object } = {}): object => ({ type: 'object', additionalProperties: false, required: Object.keys(required), properties: { ...required, ...optional } });
const PROPS = list(record({ name: TOKEN, value: LINE }, { ns: TEXT }));

/** The part of the OSCAL 1.1.2 assessment-results model that is written, as strict as the model is. */
const MODEL = record({
  'assessment-results': record({
    'uuid': UUID,
    'metadata': record({ 'title': TEXT, 'last-modified': TIME, 'version': LINE, 'oscal-version': { const: '1.1.2' } }),
    'import-ap': record({ href: REFERENCE }, { remarks: TEXT }),
    'results': list(record({
      'uuid': UUID, 'title': TEXT, 'description': TEXT, 'start': TIME,
      'reviewed-controls': record({ 'control-selections': list(record({ 'include-controls': list(record({ 'control-id': TOKEN })) })) }),
    }, {
      'end': TIME, 'props': PROPS,
      'local-definitions': record({}, { components: list(record({ uuid: UUID, type: LINE, title: TEXT, description: TEXT, status: record({ state: { enum: ['under-development', 'operational', 'disposition', 'other'] } }) })) }),
      'observations': list(record({ uuid: UUID, description: TEXT, methods: list({ enum: ['EXAMINE', 'INTERVIEW', 'TEST', 'UNKNOWN'] }), collected: TIME }, {
        title: TEXT, props: PROPS, types: list({ enum: ['ssp-statement-issue', 'control-objective', 'mitigation', 'finding', 'historic'] }),
        origins: list(record({ actors: list(record({ 'type': { enum: ['tool', 'assessment-platform', 'party'] }, 'actor-uuid': UUID })) })),
        subjects: list(record({ 'subject-uuid': UUID, 'type': TOKEN })),
      })),
      'findings': list(record({
        uuid: UUID, title: TEXT, description: TEXT,
        target: record({ 'type': { enum: ['statement-id', 'objective-id'] }, 'target-id': TOKEN, 'status': record({ state: { enum: ['satisfied', 'not-satisfied'] } }, { reason: { enum: ['pass', 'fail', 'other'] }, remarks: TEXT }) }),
      }, { 'related-observations': list(record({ 'observation-uuid': UUID })) })),
    })),
  }, {
    'local-definitions': record({}, { 'objectives-and-methods': list(record({ 'control-id': TOKEN, 'parts': list(record({ id: TOKEN, name: TOKEN, prose: TEXT })) })) }),
    'back-matter': record({}, { resources: list(record({ uuid: UUID, title: TEXT }, { description: TEXT, rlinks: list(record({ href: TEXT }, { 'media-type': TEXT })) })) }),
  }),
});

interface Written { 'assessment-results': { 'uuid': string; 'local-definitions': { 'objectives-and-methods': { parts: { id: string }[] }[] }; 'results': { observations: { uuid: string; subjects: { 'subject-uuid': string }[] }[]; findings: { 'title': string; 'target': { 'target-id': string; 'status': object }; 'related-observations'?: { 'observation-uuid': string }[] }[]; 'local-definitions': { components: { uuid: string }[] } }[]; 'back-matter': { resources: { uuid: string }[] }; 'import-ap': { href: string } } }
const written = (assessment = ASSESSMENT): Written['assessment-results'] => (JSON.parse(JSON.stringify(assessmentResults(assessment))) as Written)['assessment-results'];

test('writes what the model of OSCAL assessment results asks for, and nothing that it does not know', () => {
  const validate = new Ajv({ allErrors: true, unicodeRegExp: true }).compile(MODEL);
  validate(JSON.parse(JSON.stringify(assessmentResults(ASSESSMENT))));
  expect(validate.errors).toBeNull();
  validate(JSON.parse(JSON.stringify(assessmentResults({ ...ASSESSMENT, results: RESULTS.slice(2) }))));
  expect(validate.errors).toBeNull();
});

test('refers to what it holds only', () => {
  const document = written();
  const [{ observations, findings, 'local-definitions': { components } }] = document.results as [Written['assessment-results']['results'][0]];
  const objectives = document['local-definitions']['objectives-and-methods'].flatMap(({ parts }) => parts.map(({ id }) => id));
  expect(objectives).toEqual(expect.arrayContaining(findings.map(({ target }) => target['target-id'])));
  expect(observations.map(({ uuid }) => uuid)).toEqual(expect.arrayContaining(findings.flatMap((finding) => (finding['related-observations'] ?? []).map((related) => related['observation-uuid']))));
  expect(components.map(({ uuid }) => uuid)).toEqual(expect.arrayContaining(observations.flatMap(({ subjects }) => subjects.map((subject) => subject['subject-uuid']))));
  expect(document['back-matter'].resources.map(({ uuid }) => `#${uuid}`)).toContain(document['import-ap'].href);
});

test('calls a control satisfied where cases held and none failed, and says what was not tried', () => {
  const [{ findings }] = written().results as [Written['assessment-results']['results'][0]];
  expect(findings.map(({ title, target }) => [title.slice(0, 8), target.status])).toEqual([
    ['ISM-1240', { state: 'not-satisfied', reason: 'fail' }],
    ['ISM-1546', { state: 'not-satisfied', reason: 'other', remarks: expect.stringContaining('no <credentials>') as string }],
    ['ISM-1851', { state: 'satisfied', reason: 'pass' }],
  ]);
});

test('gives the same ids to the same assessment, and others to the next', () => {
  expect(written()).toEqual(written());
  expect(written({ ...ASSESSMENT, started: '2026-08-01T00:00:00.000Z' }).uuid).not.toBe(written().uuid);
});

test('writes JUnit that is well-formed whatever an answer holds', () => {
  const xml = junit(ASSESSMENT);
  expect(xml).toContain('tests="3" failures="1" skipped="1"');
  expect(xml).toContain('<skipped message="no &lt;credentials&gt; &amp; &quot;none&quot; \ufffd"/>');
  expect(xml).toContain('<property name="control" value="ISM-1240"/>');
  // Every tag that is opened is closed.
  const open: string[] = [];
  for (const [, closing, name, selfClosing] of xml.matchAll(/<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (selfClosing !== '/') open.push(name!);
  }
  expect(open).toEqual([]);
});

test('labels every case with controls that the ISM has', () => {
  const domain = { hostName: 'api.test.example', apis: [], addressLimits: [], honeypots: [], keysPath: '/keys' };
  const cases = [false, true].flatMap((isPrivate) => assessmentCases([{ ...domain, securityDomain: 'x', isPrivate, mutualTls: isPrivate }], FAMILIES));
  const known = CONTROLS.filter(({ revision }) => revision !== undefined).map(({ id }) => id);
  expect(known).toEqual(expect.arrayContaining([...new Set(cases.flatMap(({ controls }) => controls))]));
  expect(cases.filter(({ controls }) => controls.length === 0)).toEqual([]);
});
