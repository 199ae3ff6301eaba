import type { CaseFamily, NewCase } from '../assessment-case';
import type { AssessedApi, AssessedDomain } from '../assessed-environment';
import { callable, isPlainRead, unsubscribed, withoutScopes } from '../client-choice';
import { callerControls } from '../controls';
import type { Expectation } from '../expectation';
import { requestOf } from '../operation-request';

const FORBIDDEN: Expectation = { status: [403], discreet: true };
/** What a service may answer to a good request for something that there is not. */
const REACHED: Expectation = { status: [200, 204, 206, 304, 400, 404, 409, 410, 422] };

/** Reserved headers as a service that takes underscores for hyphens would know them. */
const RESPELLED = ['txn_token', 'x_http_method_override'];

/** A caller that is known may do what it was granted. */
export const authorization: CaseFamily = {
  name: 'authorization',
  cases: (domain) => domain.apis.flatMap((api) => [...api.operations.flatMap((operation) => {
    const good = callable(domain, operation);
    const poor = withoutScopes(domain, operation);
    const subject = `${operation.method} ${operation.path}`;
    const controls = callerControls(domain, operation.method);
    return [
      { rule: 'no-scope', subject, title: 'a token without the scope is refused', controls, probe: requestOf(operation, FORBIDDEN, { ...poor && { token: poor } }), ...poor === undefined && { untestable: 'no client with a bearer token has a scope that the operation does not accept' } },
      // Without an admitted caller, a gateway that refuses everybody would look safe. A policy may refuse what there is not.
      ...(good !== undefined && isPlainRead(operation)
        ? [{ rule: 'admits', subject, title: 'a good token is admitted', controls, probe: requestOf(operation, REACHED, { token: good.token }) }] : []),
    ];
  }), ...onOne(domain, api)]),
};

function onOne(domain: AssessedDomain, api: AssessedApi): NewCase[] {
  const all = api.operations.map((operation) => callable(domain, operation)).filter((found) => found !== undefined);
  // Where a policy decides, it may be the one that refuses.
  const good = all.find(({ operation }) => isPlainRead(operation)) ?? all[0];
  if (good === undefined) return [];
  const subject = `${good.operation.method} ${good.operation.path}`;
  const controls = callerControls(domain, good.operation.method);
  const stranger = unsubscribed(domain, api);
  return [
    { rule: 'forged-trust-token', subject, title: 'a trust token from outside is refused', controls, probe: requestOf(good.operation, FORBIDDEN, { headers: { ...good.operation.headers, 'txn-token': 'eyJhbGciOiJub25lIn0.e30.' } }) },
    ...RESPELLED.map((header): NewCase => ({
      rule: `reserved-${header}`, subject, title: `${header}, which some services read as a header of the gateway, is refused`, controls,
      probe: requestOf(good.operation, FORBIDDEN, { token: good.token, headers: { ...good.operation.headers, [header]: 'assessment' } }),
    })),
    ...(stranger === undefined ? [] : [{ rule: 'not-subscribed', subject, title: 'a client of other API groups is refused', controls, probe: requestOf(good.operation, FORBIDDEN, { token: stranger }) }]),
    ...(domain.configuration?.clients[good.token.client]?.apiKeySecret === undefined ? []
      : [{ rule: 'no-api-key', subject, title: 'a client without its API key is refused', controls, probe: requestOf(good.operation, FORBIDDEN, { token: good.token, apiKey: 'none' as const }) }]),
  ];
}
