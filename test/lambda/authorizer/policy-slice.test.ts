import type { AccessQuestion } from '../../../lambda/authorizer/access-question';
import { CedarDecisionPoint } from '../../../lambda/authorizer/cedar-decision-point';
import { policyReads } from '../../../lambda/authorizer/policy-reads';
import { applicable } from '../../../lambda/authorizer/policy-slice';
import { PolicySlices } from '../../../lambda/authorizer/policy-slices';
import { cedar } from '../../../lib/declaration/cedar/engine';
import { CEDAR_MODULE } from '../fixtures/access-policies';
import { seeded } from '../fixtures/hostile-input';

type Codes = Record<string, { readonly policy: unknown }>;
type Engine = { isAuthorized(call: object): { response: { decision: string; diagnostics: { reason: string[]; errors: { policyId: string }[] } } } };

const SCOPES = {
  principal: ['principal', 'principal == Client::"web"', 'principal == Client::"batch"', 'principal in Consumer::"Web"', 'principal in Client::"web"', 'principal in ClientType::"system"', 'principal is Client', 'principal is Consumer', 'principal is Client in Consumer::"Web"', 'principal is Client in SecurityDomain::"partner"'],
  action: ['action', 'action == Action::"getAccount"', 'action in Action::"GET"', 'action in [Action::"DELETE", Action::"getAccount"]', 'action in [Action::"DELETE"]'],
  resource: ['resource', 'resource == ApiService::"accounts"', 'resource in ApiGroup::"banking"', 'resource in ApiGroup::"other"', 'resource is ApiService', 'resource is ApiService in ApiGroup::"banking"'],
};
const CONDITIONS = [
  'context has acr', 'context has acr && context.acr == "high"', 'context["acr"] == "high"', 'context.path has id && context.path.id like "4*"', 'context has path.id', 'context.path.id == "42"', 'context.ip.isLoopback()', 'context.ip.isInRange(ip("198.51.100.0/24"))',
  'context == {"subject": "user-1"}', 'context has certificate', 'context.amr.contains("otp")', 'context.scopes.containsAll(["profile"])', 'context.authAge < 100', '(if context has acr then context else {"acr": "none"}).acr == "none"', '[context, {"a": 1}].contains({"a": 1})', '{"left": context, "attr": "acr"}.left has amr',
  'principal in Consumer::"Web"', 'principal in [ClientType::"system", Consumer::"Batch"]', 'principal is Client in SecurityDomain::"public"', 'principal == Client::"web"', 'principal in resource', 'resource in ApiGroup::"banking"', 'action in Action::"GET"', '[Consumer::"Web", Client::"web"].contains(principal)', 'principal has name', 'context.environment == "Test" || principal in ApiGroup::"banking"',
];

function below(random: () => number, limit: number): number {
  return Math.floor(random() * limit);
}

function one<T>(random: () => number, values: readonly T[]): T {
  return values[below(random, values.length)]!;
}

/** Half of them open, or hardly any policy would apply. */
function scope(random: () => number, part: keyof typeof SCOPES): string {
  return random() < 0.5 ? part : one(random, SCOPES[part]);
}

function policies(random: () => number): Codes {
  return Object.fromEntries(Array.from({ length: 1 + below(random, 5) }, (_, index) => {
    const when = Array.from({ length: below(random, 3) }, () => `${one(random, ['when', 'unless'])} { ${one(random, CONDITIONS)} }`).join(' ');
    const answer = cedar().policyToJson(`${one(random, ['permit', 'permit', 'permit', 'permit', 'forbid'])}(${scope(random, 'principal')}, ${scope(random, 'action')}, ${scope(random, 'resource')}) ${when};`);
    if (answer.type === 'failure') throw new Error(answer.errors[0]?.message);
    return [`p${index}`, { policy: answer.json }];
  }));
}

function question(random: () => number, ids: readonly string[]): AccessQuestion {
  const [client, consumer, type] = one(random, [['web', 'Web', 'browser'], ['mobile', 'Web', 'browser'], ['batch', 'Batch', 'system'], ['Web', 'Other', 'browser']] as const);
  const [operation, method] = one(random, [['getAccount', 'GET'], ['listAccounts', 'GET'], ['closeAccount', 'DELETE']] as const);
  const [principal, action, resource] = [{ type: 'Client', id: client }, { type: 'Action', id: operation }, { type: 'ApiService', id: 'accounts' }];
  return {
    service: 'accounts', policies: ids, principal, action, resource,
    context: {
      environment: one(random, ['Test', 'Production']), ip: { __extn: { fn: 'ip', arg: one(random, ['127.0.0.1', '198.51.100.7', '2001:db8::1']) } }, subject: one(random, ['user-1', 'user-2']),
      scopes: one(random, [[], ['profile'], ['accounts.read', 'profile']]), amr: one(random, [[], ['pwd', 'otp']]), path: one<Record<string, string>>(random, [{}, { id: '42' }, { id: '5' }]),
      ...one(random, [{}, { acr: 'high' }, { acr: 'none' }]), ...one(random, [{}, { authAge: 60 }]), ...one(random, [{}, { certificate: 'ab' }]),
    },
    entities: [
      { uid: principal, attrs: {}, parents: [{ type: 'Consumer', id: consumer }, { type: 'ClientType', id: type }, { type: 'SecurityDomain', id: 'public' }] },
      { uid: action, attrs: {}, parents: [{ type: 'Action', id: method }] },
      { uid: resource, attrs: {}, parents: [{ type: 'ApiGroup', id: 'banking' }] },
    ],
  };
}

function wholeAnswer({ service: _, policies: ids, ...call }: AccessQuestion, own: Codes): object {
  const { decision, diagnostics: { reason, errors } } = (cedar() as unknown as Engine).isAuthorized({ ...call, policies: { staticPolicies: Object.fromEntries(ids.map((id) => [id, own[id]?.policy])) } }).response;
  const fault = errors.length > 0 ? `evaluation failed in ${errors.map(({ policyId }) => policyId).sort().join(', ')}` : undefined;
  return { allowed: fault === undefined && decision === 'allow', policies: [...reason].sort(), ...(fault !== undefined && { fault }) };
}

test('decides as Cedar does over all policies and the whole question, whatever they are', () => {
  const random = seeded(20_261_122);
  const seen = { allowed: 0, denied: 0, failed: 0 };
  for (let round = 0; round < 300; round += 1) {
    const own = policies(random);
    const point = new CedarDecisionPoint({ accounts: own }, CEDAR_MODULE);
    for (let index = 0; index < 8; index += 1) {
      const asked = question(random, Object.keys(own));
      const { obligations: _, ...decision } = point.decide(asked);
      expect({ own, asked, decision }).toEqual({ own, asked, decision: wholeAnswer(asked, own) });
      seen[decision.fault !== undefined ? 'failed' : decision.allowed ? 'allowed' : 'denied'] += 1;
    }
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(80);
});

function code(text: string): unknown {
  const answer = cedar().policyToJson(text);
  return answer.type === 'success' ? answer.json : undefined;
}

test.each<[string, string[] | 'all']>([
  ['context has acr', ['acr']], ['context has path.id', ['path']], ['context.path.id == "42"', ['path']], ['context["subject"] == "a"', ['subject']],
  ['context == {"acr": "high"}', 'all'], ['{"left": context, "attr": "acr"} has left', 'all'], ['(if true then context else context) has acr', 'all'], ['{"Var": "context"} has Var', []], ['true', []],
])('knows what %s looks at', (condition, members) => {
  const { context } = policyReads([code(`permit(principal, action, resource) when { ${condition} };`)]);
  expect(context === 'all' ? context : [...context]).toEqual(members);
});

describe('a decision', () => {
  const own: Codes = { web: { policy: code('permit(principal in Consumer::"Web", action, resource) when { context has acr };') }, batch: { policy: code('permit(principal in Consumer::"Batch", action, resource);') } };
  const asked = { ...question(seeded(1), ['web', 'batch']), principal: { type: 'Client', id: 'web' } };
  const entities = asked.entities.map((entity) => entity.uid.type === 'Client' ? { ...entity, uid: asked.principal, parents: [{ type: 'Consumer', id: 'Web' }] } : entity);
  const web: AccessQuestion = { ...asked, entities, context: { ...asked.context, acr: 'high' } };

  function counted(): { point: CedarDecisionPoint; calls: object[] } {
    const point = new CedarDecisionPoint({ accounts: own }, CEDAR_MODULE);
    const { engine } = point as unknown as { engine: { statefulIsAuthorized(call: object): unknown } };
    const calls: object[] = [];
    Object.assign(point, { engine: { ...engine, statefulIsAuthorized: (call: object) => { calls.push(call); return engine.statefulIsAuthorized(call); } } });
    return { point, calls };
  }

  test('evaluates the policies whose scope covers the client, over what they look at', () => {
    expect(applicable(web, own)).toEqual(['web']);
    const { point, calls } = counted();
    expect(point.decide(web)).toMatchObject({ allowed: true, policies: ['web'] });
    expect(calls).toEqual([{ principal: web.principal, action: web.action, resource: web.resource, context: { acr: 'high' }, entities: [entities[0]], preparsedPolicySetId: expect.any(String) }]);
  });

  test('is made once for questions that differ in nothing that policies look at, and anew where they do', () => {
    const { point, calls } = counted();
    point.decide(web);
    expect(point.decide({ ...web, context: { ...web.context, subject: 'somebody-else' } })).toMatchObject({ allowed: true });
    expect(calls).toHaveLength(1);
    const { acr: _, ...weak } = web.context as typeof web.context & { acr: string };
    expect(point.decide({ ...web, context: weak })).toMatchObject({ allowed: false });
    expect(point.decide({ ...web, principal: { type: 'Client', id: 'other' }, entities: [] })).toMatchObject({ allowed: false });
    expect(calls).toHaveLength(3);
  });

  test('is kept for a bounded number of questions', () => {
    const { point } = counted();
    for (let index = 0; index < 1200; index += 1) {
      const decision = point.decide({ ...web, context: { ...web.context, acr: `level-${index}` } });
      expect(decision.allowed).toBe(true);
    }
    const { answers } = point as unknown as { answers: { size: number; entries: Map<string, unknown> } };
    expect(answers.size).toBe(1000);
    point.decide({ ...web, context: { ...web.context, acr: 'x'.repeat(3000) } });
    expect([...answers.entries.keys()].every((key) => key.length <= 2000)).toBe(true);
  });

  test('of one list of policies is none of another', () => {
    const { point } = counted();
    expect(point.decide(web).allowed).toBe(true);
    expect(point.decide({ ...web, policies: ['batch'] }).allowed).toBe(false);
  });

  test.each(['gone', 'constructor', 'toString', '__proto__'])('is a denial where the policy %s was deployed without its text', (id) => {
    expect(counted().point.decide({ ...web, policies: ['web', 'batch', id] })).toMatchObject({ allowed: false, fault: 'the request could not be evaluated' });
  });
});

describe('slices', () => {
  const ANYBODY = code('permit(principal, action, resource);');
  const only = (client: number): unknown => code(`permit(principal == Client::"c${client}", action, resource);`);

  function asks(client: number, policies: readonly string[]): AccessQuestion {
    return { ...question(seeded(1), policies), principal: { type: 'Client', id: `c${client}` }, entities: [] };
  }

  test('are sets of their own only where they leave out half of the policies', () => {
    const own: Codes = { all: { policy: ANYBODY }, other: { policy: ANYBODY }, mine: { policy: only(0) } };
    const slices = new PolicySlices({ accounts: own });
    expect(slices.of(asks(0, ['all', 'other', 'mine'])).ids).toEqual(['all', 'other', 'mine']);
    expect(slices.of(asks(1, ['all', 'other', 'mine'])).ids).toEqual(['all', 'other', 'mine']);
    expect(slices.of(asks(1, ['all', 'mine'])).ids).toEqual(['all']);
  });

  test('hold a bounded number of policies together, and are then those of all clients', () => {
    const ids = Array.from({ length: 400 }, (_, client) => `p${client}`);
    // Of 440 policies each client has 41.
    const own: Codes = Object.fromEntries([...ids.map((id, client) => [id, { policy: only(client) }]), ...Array.from({ length: 40 }, (_, index) => [`all${index}`, { policy: ANYBODY }])]);
    const slices = new PolicySlices({ accounts: own });
    const found = ids.map((_, client) => slices.of(asks(client, Object.keys(own))));
    const sets = new Set(found);
    expect([...sets].filter(({ ids: held }) => held.length === 41)).toHaveLength(Math.floor(2000 / 41));
    expect(sets.size).toBe(Math.floor(2000 / 41) + 1);
    expect(slices.of(asks(399, Object.keys(own)))).toBe(found[399]);
    expect(found[399]?.ids).toHaveLength(440);
  });

  test('are found anew for pairs beyond a bound, in a set that is there already', () => {
    const own: Codes = { all: { policy: ANYBODY }, mine: { policy: only(-1) } };
    const slices = new PolicySlices({ accounts: own });
    const names = new Set(Array.from({ length: 10_050 }, (_, client) => slices.of(asks(client, ['all', 'mine']))));
    expect([...names].map(({ ids }) => ids)).toEqual([['all'], ['all', 'mine']]);
    expect((slices as unknown as { byPair: Map<string, unknown> }).byPair.size).toBe(10_000);
  });
});
