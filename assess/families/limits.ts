import { RATE_LIMIT_HEADERS } from '../../lib/contract/rate-limit';
import type { CaseFamily, NewCase } from '../assessment-case';
import type { AssessedApi, AssessedDomain } from '../assessed-environment';
import { callable, isPlainRead } from '../client-choice';
import { inputControls } from '../controls';
import { exactly } from '../expectation';
import { requestOf } from '../operation-request';

/** What the platform takes of headers, and a little more. */
const HEADER_BYTES = 12 * 1024;
/** A burst that one machine can exceed without harm to others. */
const LARGEST_BURST = 60;
/** Lists inside each other: past what a parser that calls itself can bear, and small. */
const DEEP = 2000;

/** What is too much is refused. Most of it is intrusive: it costs more than a request, or uses up what a consumer may ask. */
export const limits: CaseFamily = {
  name: 'limits',
  cases: (domain) => [
    ...headerLimit(domain),
    ...domain.apis.flatMap((api) => [...bodyAboveLimit(domain, api), ...deepBody(domain, api), ...rateHeaders(domain, api), ...rateAboveLimit(domain, api)]),
  ],
};

function headerLimit(domain: AssessedDomain): NewCase[] {
  const path = domain.apis[0]?.resources[0]?.path;
  return path === undefined ? [] : [{
    rule: 'headers', title: `headers of ${HEADER_BYTES} bytes are refused`, controls: inputControls(domain), intrusive: true,
    probe: { kind: 'request', method: 'GET', path, headers: { 'x-assessment': 'x'.repeat(HEADER_BYTES) }, expected: { status: [400, 413, 431, 494], orNoAnswer: true, discreet: true } },
  }];
}

function bodyAboveLimit(domain: AssessedDomain, { operations, bodyLimit, basePath }: AssessedApi): NewCase[] {
  const writing = operations.find(({ content }) => content.length > 0);
  if (writing === undefined) return [];
  const untestable = bodyLimit === 'unlimited' && { untestable: 'the declaration leaves the size of bodies to the service' };
  return [{
    rule: 'body', subject: basePath, title: bodyLimit === 'unlimited' ? 'a body above any limit is refused' : `a body above ${bodyLimit} bytes is refused`, controls: ['ISM-0649', ...inputControls(domain)], intrusive: true,
    probe: requestOf(writing, { status: [413], discreet: true }, { headers: { ...writing.headers, 'content-type': writing.content[0]!.mediaType }, body: `"${'x'.repeat(bodyLimit === 'unlimited' ? 0 : bodyLimit)}"` }),
    ...untestable,
  }];
}

function deepBody(domain: AssessedDomain, { operations, basePath, bodyLimit }: AssessedApi): NewCase[] {
  const good = operations.filter(({ content }) => content.some(({ mediaType, schema }) => mediaType === 'application/json' && schema !== undefined)).map((operation) => callable(domain, operation)).find((found) => found !== undefined && found.operation.policy?.access === undefined);
  const depth = Math.min(DEEP, bodyLimit === 'unlimited' ? DEEP : Math.floor(bodyLimit / 4));
  return good === undefined ? [] : [{
    rule: 'depth', subject: basePath, title: `a body of ${depth} nested lists is refused`, controls: [...inputControls(domain), 'ISM-2058'], intrusive: true,
    probe: requestOf(good.operation, { status: [400], discreet: true }, { token: good.token, headers: { ...good.operation.headers, 'content-type': 'application/json' }, body: `${'['.repeat(depth)}${']'.repeat(depth)}` }),
  }];
}

/** Where requests are counted exactly, an admitted caller is told where it stands. */
function rateHeaders(domain: AssessedDomain, { operations, basePath, service }: AssessedApi): NewCase[] {
  const policy = domain.configuration?.rateLimits?.[service];
  const good = operations.filter(isPlainRead).map((operation) => callable(domain, operation)).find((found) => found !== undefined);
  if (policy === undefined || good === undefined) return [];
  const [limit, ...others] = Object.keys(RATE_LIMIT_HEADERS).map((name) => name.toLowerCase()) as [string, ...string[]];
  return [{
    rule: 'rate-headers', subject: basePath, title: 'an admitted caller is told its limit, what is left and until when', controls: ['ISM-1851'],
    probe: requestOf(good.operation, { status: [200, 204, 404], headers: [{ name: limit, is: exactly(String(policy.requests)) }, ...others.map((name) => ({ name, is: /^\d+$/ }))] }, { token: good.token }),
  }];
}

function rateAboveLimit(domain: AssessedDomain, { operations, burst, basePath }: AssessedApi): NewCase[] {
  const good = operations.filter(isPlainRead).map((operation) => callable(domain, operation)).find((found) => found !== undefined);
  if (good === undefined) return [];
  const untestable = burst === undefined ? 'no usage plan says what a consumer may ask' : `a burst of ${burst} is more than an assessment sends at once (${LARGEST_BURST})`;
  return [{
    rule: 'consumer-rate', subject: basePath, title: 'more requests of a consumer at once than its burst are refused', controls: ['ISM-1851'], intrusive: true,
    probe: requestOf(good.operation, { status: [429], headers: [{ name: 'retry-after', is: 'present' }] }, { token: good.token, times: Math.min(burst ?? 1, LARGEST_BURST) * 2 }),
    ...(burst === undefined || burst > LARGEST_BURST) && { untestable },
  }];
}
