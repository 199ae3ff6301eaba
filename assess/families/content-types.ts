import type { CaseFamily, NewCase } from '../assessment-case';
import type { AssessedApi, AssessedDomain, AssessedOperation } from '../assessed-environment';
import { inputControls } from '../controls';
import { requestOf } from '../operation-request';

/** A small body that is none of what anything declares. */
const BODY = '<assessment/>';

/** Bodies come with a declared content type, or not at all. No token: the refusal is the edge's. */
export const contentTypes: CaseFamily = {
  name: 'content-types',
  cases: (domain) => domain.apis.flatMap((api) => [
    ...api.operations.filter(({ content }) => content.length > 0).map((operation) => refused(domain, operation, 'undeclared', 'text/x-assessment')),
    ...onOne(domain, api),
  ]),
};

function onOne(domain: AssessedDomain, { operations }: AssessedApi): NewCase[] {
  const [writing] = operations.filter(({ content }) => content.length > 0);
  const [reading] = operations.filter(({ method }) => method === 'GET');
  return [
    ...(writing === undefined ? [] : [
      refused(domain, writing, 'missing'),
      refused(domain, writing, 'other-charset', `${writing.content[0]!.mediaType}; charset=utf-7`),
    ]),
    ...(reading === undefined ? [] : [{
      rule: 'body-of-reader', subject: `GET ${reading.path}`, title: 'a body where none is declared is refused', controls: inputControls(domain),
      probe: requestOf(reading, { status: [400], discreet: true }, { headers: { ...reading.headers, 'content-type': 'application/json' }, body: '{}' }),
    }]),
  ];
}

function refused(domain: AssessedDomain, operation: AssessedOperation, rule: string, type?: string): NewCase {
  return {
    rule, subject: `${operation.method} ${operation.path}`, title: `a body of ${rule === 'missing' ? 'no' : 'another'} content type is refused`, controls: ['ISM-0649', ...inputControls(domain)],
    probe: requestOf(operation, { status: [415], discreet: true }, { headers: { ...operation.headers, ...type !== undefined && { 'content-type': type } }, body: BODY }),
  };
}
