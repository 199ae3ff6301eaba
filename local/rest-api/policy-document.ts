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

function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}
