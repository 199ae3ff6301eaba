interface Statement { readonly Effect: string; readonly Action?: string | readonly string[]; readonly Resource?: string | readonly string[] }

/** An IAM policy as a Lambda authorizer returns it. */
export interface PolicyDocument { readonly Statement?: Statement | readonly Statement[] }

/** What a policy says. */
export type PolicyVerdict = 'allowed' | 'denied' | 'explicitly denied';

/** Decides on `execute-api:Invoke`: an explicit deny wins, and nothing allowed is denied. */
export function evaluatePolicy(policy: PolicyDocument, methodArn: string): PolicyVerdict {
  const effects = list(policy.Statement)
    .filter(({ Action, Resource }) => list(Action).some((pattern) => matches(pattern.toLowerCase(), 'execute-api:invoke')) && list(Resource).some((pattern) => matches(pattern, methodArn)))
    .map(({ Effect }) => Effect);
  return effects.includes('Deny') ? 'explicitly denied' : effects.includes('Allow') ? 'allowed' : 'denied';
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? value as readonly T[] : [value as T];
}

// An authorizer names one method of one request: to compare takes a tenth of the time of an expression that is made for it.
function matches(pattern: string, text: string): boolean {
  return /[*?]/.test(pattern) ? policyPattern(pattern).test(text) : pattern === text;
}

/** A pattern of an IAM policy, in which `*` is any text and `?` any character, as a regular expression. */
export function policyPattern(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}
