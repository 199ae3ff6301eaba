import { OVERRIDE_HEADERS } from '../../lib/contract/reserved-header';
import type { CaseFamily, NewCase } from '../assessment-case';
import type { AssessedDomain, AssessedResource } from '../assessed-environment';
import { inputControls } from '../controls';

/** Where a platform answers TRACE itself, it does so with one of these. */
const NO_TRACE = [400, 403, 405, 501];

/** A path answers to its declared methods only. */
export const methods: CaseFamily = {
  name: 'methods',
  cases: (domain) => domain.apis.flatMap((api) => [
    ...api.resources.map((resource) => undeclared(domain, resource)),
    { rule: 'trace', subject: api.basePath, title: 'TRACE is refused', controls: inputControls(domain), probe: { kind: 'request', method: 'TRACE', path: api.resources[0]?.path ?? api.basePath, expected: { status: NO_TRACE, discreet: true } } },
    ...OVERRIDE_HEADERS.map((header): NewCase => ({
      rule: `override-${header}`, subject: api.basePath, title: `a method or path in ${header} is refused`, controls: inputControls(domain),
      probe: { kind: 'request', method: 'GET', path: api.resources[0]?.path ?? api.basePath, headers: { [header]: header.endsWith('-url') ? '/' : 'DELETE' }, expected: { status: [400], discreet: true } },
    })),
  ]),
};

/** Preferably a method that the domain uses elsewhere: the web ACL knows all others by themselves. */
function undeclared(domain: AssessedDomain, { path, methods: declared }: AssessedResource): NewCase {
  const elsewhere = domain.apis.flatMap(({ resources }) => resources.flatMap((resource) => resource.methods));
  const method = ['PATCH', 'PUT', 'POST', 'DELETE', 'GET', 'HEAD'].filter((one) => !declared.includes(one)).sort((a, b) => Number(!elsewhere.includes(a)) - Number(!elsewhere.includes(b)))[0] ?? 'HEAD';
  return {
    rule: 'undeclared', subject: `${method} ${path}`, title: 'a method that is not declared is refused', controls: inputControls(domain),
    probe: { kind: 'request', method, path, expected: { status: [405], headers: [{ name: 'allow', is: 'present' }], discreet: true } },
  };
}
