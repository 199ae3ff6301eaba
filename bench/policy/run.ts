import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AccessPolicyCode } from '../../lib/contract/access-policy';
import type { AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration';
import { authorize } from '../../lambda/authorizer/authorize';
import { CedarDecisionPoint } from '../../lambda/authorizer/cedar-decision-point';
import type { AccessQuestion } from '../../lambda/authorizer/access-question';
import { events, POLICY } from '../token/credentials';
import { dependencies, handler, raw } from '../token/pattern';
import { timed, type Subject } from '../token/subject';

const MODULE = join(process.cwd(), 'dist', 'cedar', 'cedar.js');
const start: Record<string, number> = {};
const once = <T>(name: string, work: () => T): T => {
  const begun = process.hrtime.bigint();
  const result = work();
  start[name] = Number(process.hrtime.bigint() - begun) / 1e9;
  return result;
};
interface Engine {
  policyToJson(text: string): { readonly json: unknown };
  isAuthorized(call: object): { readonly response: { readonly decision: string } };
}

const CONDITION = 'context.ip.isInRange(ip("198.51.100.0/24")) && context.amr.contains("otp") && context.path.id like "4*"';

/** Policies of which one permits, each with an address range, a set and a pattern to look at. */
function texts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `permit(principal in Consumer::"${index === 0 ? 'Web' : `Other${index}`}", action in Action::"GET", resource) when { ${CONDITION} };`);
}

const engine = once('load of the engine', () => createRequire(MODULE)(MODULE) as Engine);

function policies(count: number): Record<string, AccessPolicyCode> {
  return Object.fromEntries(texts(count).map((text, index) => [`p${index}`, { policy: engine.policyToJson(text).json }]));
}

function question(ids: readonly string[]): AccessQuestion {
  const [principal, action, resource] = [{ type: 'Client', id: 'web-app' }, { type: 'Action', id: 'getAccount' }, { type: 'ApiService', id: 'accounts' }];
  return {
    service: 'accounts', policies: ids, principal, action, resource,
    context: { environment: 'Test', ip: { __extn: { fn: 'ip', arg: '198.51.100.7' } }, subject: 'user-1', scopes: ['accounts.read', 'profile'], amr: ['pwd', 'otp'], acr: 'high', authAge: 60, path: { id: '42' } },
    entities: [
      { uid: principal, attrs: {}, parents: [{ type: 'Consumer', id: 'Web' }, { type: 'ClientType', id: 'browser' }, { type: 'SecurityDomain', id: 'public' }] },
      { uid: action, attrs: {}, parents: [{ type: 'Action', id: 'GET' }] },
      { uid: resource, attrs: {}, parents: [{ type: 'ApiGroup', id: 'accounts' }] },
    ],
  };
}

/** A question that nobody has asked before, because its path parameter is another. */
function decision(name: string, own: Record<string, AccessPolicyCode>): Subject {
  const point = new CedarDecisionPoint({ accounts: own }, MODULE);
  const asked = question(Object.keys(own));
  let asks = 0;
  return { name, perform: () => { if (!point.decide({ ...asked, context: { ...asked.context, path: { id: `4${asks += 1}` } } }).allowed) throw new Error('denied'); } };
}

function repeatedDecision(own: Record<string, AccessPolicyCode>): Subject {
  const point = new CedarDecisionPoint({ accounts: own }, MODULE);
  const asked = question(Object.keys(own));
  return { name: '50 policies, asked before', perform: () => { if (!point.decide(asked).allowed) throw new Error('denied'); } };
}

function parsedEachTime(own: Record<string, AccessPolicyCode>): Subject {
  const { service: _, policies: ids, ...call } = question(Object.keys(own));
  const staticPolicies = Object.fromEntries(ids.map((id) => [id, own[id]?.policy]));
  return { name: '50 policies, parsed each time', perform: () => { if (engine.isAuthorized({ ...call, policies: { staticPolicies } }).response.decision !== 'allow') throw new Error('denied'); } };
}

/** @param account path parameter of the request of that number, which a policy looks at */
function policedHandler(name: string, own: Record<string, AccessPolicyCode>, account: (request: number) => string): Subject {
  const operations = Object.fromEntries(Object.entries(POLICY.operations).map(([key, operation]) => [key, { ...operation, access: { policies: Object.keys(own), pathParameters: { id: 'id' } } }]));
  const configuration: AuthorizerConfiguration = { ...POLICY, operations, accessPolicies: { accounts: own } };
  const policed = { ...dependencies, configuration, policies: new CedarDecisionPoint({ accounts: own }, MODULE) };
  const incoming = events('RS256');
  let requests = 0;
  return {
    name,
    perform: async (index) => {
      const { policyDocument } = await authorize({ ...incoming[index % incoming.length]!, pathParameters: { id: account(requests += 1) } }, policed);
      if (policyDocument.Statement[0]?.Effect !== 'Allow') throw new Error('denied');
    },
  };
}

async function main(): Promise<void> {
  const [one, fifty] = [policies(1), policies(50)];
  const point = once('start with 50 policies', () => new CedarDecisionPoint({ accounts: fifty }, MODULE));
  once('first decision', () => point.decide(question(Object.keys(fifty))));
  const subjects = [raw('RS256'), decision('1 policy', one), decision('50 policies', fifty), repeatedDecision(fifty), parsedEachTime(fifty), handler('RS256'), policedHandler('handler, 50 policies', fifty, (request) => `4${request}`), policedHandler('handler, 50 policies, asked before', fifty, () => '42')];
  process.stdout.write(JSON.stringify({ seconds: await timed(subjects), start }));
}
void main();
