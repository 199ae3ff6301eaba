import { OBLIGATION_LIMIT } from '../../contract/access-policy';
import { demand } from '../../private/refusal';
import type { AccessPolicy } from '../access-policies';
import { cedar, CedarError } from './engine';
import { position } from './position';

const ID = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;
const OBLIGATION = new RegExp(`^[a-z](?:[a-z0-9:._-]{0,${OBLIGATION_LIMIT.characters - 1}})$`);

/** The policies of a text, each with an id of its own. */
export function readAccessPolicies(text: string, source: string): AccessPolicy[] {
  const parts = partsOf(text, source);
  demand('CEDAR_SYNTAX', parts.length > 0, () => `no policy in ${source}`, 'a policy, or no accessPolicies');
  const policies = parts.map(({ part, line }) => policyOf(part, source, line));
  checkIds(policies);
  return policies;
}

/** Where a policy is wrong, and why. */
export function mistake({ text, source, line }: Pick<AccessPolicy, 'text' | 'source' | 'line'>, { message, sourceLocations }: CedarError): string {
  const [first] = sourceLocations ?? [];
  const place = position(text, first?.start ?? 0);
  const expected = first?.label ? ` (${first.label.replaceAll('`', '')})` : '';
  return `${source}:${line + place.line - 1}:${place.column}: ${message.replace(/^for policy `[^`]*`, /, '').replaceAll('`', "'")}${expected}`;
}

/** Every policy must be told from all others that count with it: in a file, and between a group and its services. */
export function checkIds(policies: readonly AccessPolicy[]): void {
  const seen = new Map<string, AccessPolicy>();
  for (const policy of policies) {
    const other = seen.get(policy.id);
    demand('CEDAR_ID', other === undefined, () => `a second '${policy.id}' at ${policy.source}:${policy.line}, after ${other?.source}:${other?.line}`);
    seen.set(policy.id, policy);
  }
}

function policyOf(text: string, source: string, line: number): AccessPolicy {
  const parsed = cedar().policyToJson(text);
  const { id = '', obligation } = parsed.type === 'success' ? parsed.json.annotations ?? {} : {};
  demand('CEDAR_ID', ID.test(id), () => `${id === '' ? 'none' : `'${id}'`} at ${source}:${line}`);
  const obligations = obligation?.split(' ').filter(Boolean) ?? [];
  const wrong = obligation === undefined ? undefined : obligations.find((name) => !OBLIGATION.test(name)) ?? (obligations.length === 0 ? obligation : undefined);
  demand('CEDAR_OBLIGATION', wrong === undefined, () => `'${wrong}' on '${id}' at ${source}:${line}`);
  const permits = parsed.type === 'success' && parsed.json.effect === 'permit';
  demand('CEDAR_OBLIGATION', permits || obligations.length === 0, () => `'${obligation}' on '${id}' at ${source}:${line}, which forbids`, 'the obligation on a permit: what is forbidden never reaches the service');
  return { id, text, obligations, source, line };
}

function partsOf(text: string, source: string): { readonly part: string; readonly line: number }[] {
  const parsed = cedar().policySetTextToParts(text);
  if (parsed.type === 'failure') {
    const [error = { message: 'not understood', help: null }] = parsed.errors;
    demand('CEDAR_SYNTAX', false, () => mistake({ text, source, line: 1 }, error));
  }
  demand('CEDAR_SYNTAX', parsed.policy_templates.length === 0, () => `a template in ${source}: ${parsed.policy_templates[0]?.slice(0, 60)}`, 'policies without ?principal and ?resource');
  let from = 0;
  return inOrder(parsed.policies).map((part) => {
    const start = text.indexOf(part, from);
    from = start + part.length;
    return { part, line: text.slice(0, start).split('\n').length };
  });
}

// Cedar names the policies of a text policy0, policy1 … and answers them sorted by those names: policy10 before policy2.
function inOrder(parts: readonly string[]): string[] {
  const names = parts.map((_, index) => `policy${index}`);
  const sorted = [...names].sort();
  return names.map((name) => parts[sorted.indexOf(name)]!);
}
