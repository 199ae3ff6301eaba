import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { LocalRefusal } from '../local-refusal';

/** A mistake in a policy. */
interface Mistake {
  readonly message: string;
}

/** What a policy store asks of Cedar's WebAssembly build. */
export interface Cedar {
  validate(call: object): { readonly type: 'failure'; readonly errors: readonly Mistake[] }
    | { readonly type: 'success'; readonly validationErrors: readonly { readonly error: Mistake }[]; readonly validationWarnings: readonly { readonly error: Mistake }[] };
  preparsePolicySet(name: string, policies: object): unknown;
  statefulIsAuthorized(call: object): { readonly type: 'failure' } | {
    readonly type: 'success';
    readonly response: { readonly decision: 'allow' | 'deny'; readonly diagnostics: { readonly reason: readonly string[]; readonly errors: readonly { readonly policyId: string; readonly error: Mistake }[] } };
  };
}

/** The module that the build leaves, found from the sources and from a bundle; loaded for the first policy store. */
export function cedar(): Cedar {
  const found = [join(__dirname, '..', '..', 'dist', 'cedar', 'cedar.js'), join(__dirname, '..', 'cedar', 'cedar.js')].find((candidate) => existsSync(candidate));
  if (found === undefined) throw new LocalRefusal('LOCAL_BUNDLE', 'the package holds Cedar', 'no cedar.js', '`npm run build`');
  return createRequire(__filename)(found) as Cedar;
}
