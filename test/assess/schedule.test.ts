import type { AssessmentCase } from '../../assess/assessment-case';
import type { AssessedDomain } from '../../assess/assessed-environment';
import { Pace } from '../../assess/pace';
import { scheduled } from '../../assess/schedule';

const DOMAIN: AssessedDomain = {
  securityDomain: 'public', hostName: 'api.test.example', isPrivate: false, mutualTls: false, apis: [], honeypots: [],
  addressLimits: [{ requests: 20, windowSeconds: 300, counts: () => true }, { requests: 10, windowSeconds: 300, counts: (_method, path) => path.startsWith('/loans') }],
};

function request(path: string, changes: Partial<AssessmentCase> = {}): AssessmentCase {
  return { id: path, family: 'paths', title: 'x', domain: 'public', controls: [], probe: { kind: 'request', method: 'GET', path, expected: { status: [404] } }, ...changes };
}
const bounds = { intrusive: false, honeypots: false, budget: 100 };

test('sends at most half of what one address may ask, of a domain and below a base path', () => {
  const { sent, left } = scheduled([...Array.from({ length: 8 }, (_, index) => request(`/loans/${index}?a=1`)), ...Array.from({ length: 8 }, (_, index) => request(`/rates/${index}`))], [DOMAIN], bounds);
  expect([sent.filter(({ id }) => id.startsWith('/loans')).length, sent.length]).toEqual([5, 10]);
  expect(left[0]!.reason).toBe('it would be more than half of the 10 requests in 300 s that one address may send');
});

test('counts a flood with all its requests, and stays within the budget', () => {
  const flood = request('/rates', { intrusive: true, probe: { kind: 'request', method: 'GET', path: '/rates', times: 11, expected: { status: [429] } } });
  expect(scheduled([flood], [DOMAIN], { ...bounds, intrusive: true }).sent).toEqual([]);
  expect(scheduled([request('/a'), request('/b'), request('/c')], [DOMAIN], { ...bounds, budget: 2 }).sent).toHaveLength(2);
});

test('sends nothing intrusive and no honeypot unasked, and says of the untestable why it is', () => {
  const { sent, left } = scheduled([request('/a', { intrusive: true }), request('/admin', { decoy: true }), request('/b', { untestable: 'nobody may' })], [DOMAIN], bounds);
  expect([sent, left.map(({ reason }) => reason)]).toEqual([[], ['it is intrusive, and --intrusive was not given', 'it alarms, and --honeypots was not given', 'nobody may']]);
});

test('lets requests through no faster than its rate', async () => {
  const [pace, started] = [new Pace(100), performance.now()];
  for (let request = 0; request < 6; request += 1) await pace.turn();
  expect([pace.sent, performance.now() - started >= 45]).toEqual([6, true]);
});
