import { BUNDLED_CATALOGUE, CATALOGUE_SOURCE } from '../lib/evidence/catalogue';
import { CONTROLS } from '../lib/evidence/ism';
import { OSCAL_NAMESPACE, OSCAL_VERSION } from '../lib/evidence/oscal';
import { uuid } from '../lib/evidence/uuid';
import type { AssessmentCase } from './assessment-case';
import { expectationInWords, requestInWords } from './probe-words';
import { inState, type Assessment, type CaseResult } from './result';

/** Ids that stay the same from one assessment to the next; what is of one run has its start in its name. */
const TOOL = uuid('component assess');
const PLAN = uuid('assessment-plan assess');
const CATALOGUE = uuid(`catalogue ${BUNDLED_CATALOGUE.version}`);

/**
 * The results as OSCAL assessment results: an observation per case that was tried, a finding per control.
 *
 * A finding says what shows from outside, and no more: its objective is defined here, and is narrower than the control.
 */
export function assessmentResults(assessment: Assessment): unknown {
  const { started, ended, results, environment, target } = assessment;
  const run = `${environment} ${target} ${started}`;
  const controls = [...new Set(results.flatMap((result) => result.case.controls))].sort();
  const tried = results.filter(({ state }) => state !== 'skipped');
  return {
    'assessment-results': {
      uuid: uuid(`assessment-results ${run}`),
      metadata: {
        'title': `Assessment of the API gateway of ${environment}`, 'last-modified': ended, 'version': started, 'oscal-version': OSCAL_VERSION,
      },
      'import-ap': { href: `#${PLAN}`, remarks: 'The plan is the suite itself: its cases follow from the synthesized assembly.' },
      'local-definitions': { 'objectives-and-methods': controls.map(objective) },
      'results': [{
        'uuid': uuid(`result ${run}`),
        'title': `${environment} at ${target}`,
        'description': `${results.length} cases: ${inState(results, 'held').length} held, ${inState(results, 'failed').length} failed, ${inState(results, 'skipped').length} were not tried.`,
        'start': started, 'end': ended,
        'props': [property('intrusive', String(assessment.intrusive)), property('requests', String(assessment.requests))],
        'local-definitions': { components: [tool(), gateway(environment)] },
        'reviewed-controls': { 'control-selections': [{ 'include-controls': controls.map((control) => ({ 'control-id': control.toLowerCase() })) }] },
        ...tried.length > 0 && { observations: tried.map((result) => observation(result, run, environment, ended)) },
        ...controls.length > 0 && { findings: controls.map((control) => finding(control, results.filter((result) => result.case.controls.includes(control)), run)) },
      }],
      'back-matter': {
        resources: [
          { uuid: PLAN, title: 'Assessment suite of cdk-api-security', description: 'npx cdk-api-security assess --list prints its cases for an assembly.' },
          { uuid: CATALOGUE, title: `Information Security Manual ${BUNDLED_CATALOGUE.version}`, rlinks: [{ 'href': `${CATALOGUE_SOURCE}/${BUNDLED_CATALOGUE.version}/artifacts/ISM_catalog.json`, 'media-type': 'application/json' }] },
        ],
      },
    },
  };
}

function objective(control: string): unknown {
  const subject = CONTROLS.find(({ id }) => id === control)?.subject ?? control;
  return { 'control-id': control.toLowerCase(), 'parts': [{ id: objectiveId(control), name: 'assessment-objective', prose: `What shows from outside of: ${subject}` }] };
}

function objectiveId(control: string): string {
  return `${control.toLowerCase()}-seen-from-outside`;
}

function tool(): unknown {
  return { uuid: TOOL, type: 'software', title: 'cdk-api-security assess', description: 'Black-box assessment suite.', status: { state: 'operational' } };
}

function gateway(environment: string): unknown {
  return { uuid: gatewayId(environment), type: 'service', title: `API gateway of ${environment}`, description: 'Every domain name of the environment and what is mapped below it.', status: { state: 'operational' } };
}

function gatewayId(environment: string): string {
  return uuid(`component gateway ${environment}`);
}

function observation({ case: one, state, got }: CaseResult, run: string, environment: string, collected: string): unknown {
  return {
    uuid: observationId(one, run),
    title: one.title,
    description: `Sent: ${requestInWords(one.probe)}. Expected: ${expectationInWords(one.probe)}. Got: ${got ?? 'nothing'}.`,
    props: [property('case', token(one.id)), property('state', state), ...one.controls.map((control) => property('control', control.toLowerCase()))],
    methods: ['TEST'],
    types: ['control-objective'],
    origins: [{ actors: [{ 'type': 'tool', 'actor-uuid': TOOL }] }],
    subjects: [{ 'subject-uuid': gatewayId(environment), 'type': 'component' }],
    collected,
  };
}

function finding(control: string, results: readonly CaseResult[], run: string): unknown {
  const [held, failed, skipped] = (['held', 'failed', 'skipped'] as const).map((state) => inState(results, state)) as [CaseResult[], CaseResult[], CaseResult[]];
  const satisfied = failed.length === 0 && held.length > 0;
  const reason = failed.length > 0 ? 'fail' : satisfied && skipped.length === 0 ? 'pass' : 'other';
  const tried = [...failed, ...held];
  return {
    uuid: uuid(`finding ${control} ${run}`),
    title: `${control}, seen from outside`,
    description: `${held.length} cases held, ${failed.length} failed, ${skipped.length} were not tried.`,
    target: {
      'type': 'objective-id', 'target-id': objectiveId(control),
      'status': { state: satisfied ? 'satisfied' : 'not-satisfied', reason, ...skipped.length > 0 && { remarks: `Not tried: ${[...new Set(skipped.map((result) => result.reason ?? ''))].join('; ')}.` } },
    },
    ...tried.length > 0 && { 'related-observations': tried.map((result) => ({ 'observation-uuid': observationId(result.case, run) })) },
  };
}

function observationId({ id }: AssessmentCase, run: string): string {
  return uuid(`observation ${id} ${run}`);
}

function property(name: string, value: string) {
  return { name, ns: OSCAL_NAMESPACE, value };
}

/** Property values of OSCAL have no leading or trailing blanks and no line breaks. */
function token(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
