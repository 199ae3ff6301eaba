import type { Schema } from '../../local/rest-api/api-document';
import type { CaseFamily, NewCase } from '../assessment-case';
import type { AssessedDomain, AssessedOperation } from '../assessed-environment';
import { callable, type Callable } from '../client-choice';
import { inputControls } from '../controls';
import type { Expectation } from '../expectation';
import { requestOf } from '../operation-request';

/** A JSON text that no object and no list is. */
const TEXT = '"assessment"';
const NOBODY = { client: '', scopes: [] };

/** What the API description forbids is refused, although the caller may call. */
export const validation: CaseFamily = {
  name: 'validation',
  cases: (domain) => domain.apis.flatMap(({ operations }) => operations.flatMap((operation) => {
    const good = callable(domain, operation);
    // The cases are made all the same: what cannot be tried is to be seen.
    const made = [...bodies(domain, good ?? { operation, token: NOBODY }), ...parameters(domain, good ?? { operation, token: NOBODY })];
    return good === undefined ? made.map((one) => ({ ...one, untestable: 'no client with a bearer token may call the operation' })) : made;
  })),
};

function bodies(domain: AssessedDomain, { operation, token }: Callable): NewCase[] {
  const json = operation.content.find(({ mediaType, schema }) => /^application\/(?:[a-z0-9.+-]+\+)?json$/.test(mediaType) && schema !== undefined && refusesText(schema));
  return json === undefined ? [] : [{
    rule: 'schema', subject: `${operation.method} ${operation.path}`, title: 'a body that the schema refuses is refused', controls: [...inputControls(domain), 'ISM-2057', 'ISM-2058'],
    probe: requestOf(operation, invalid(operation), { token, headers: { ...operation.headers, 'content-type': json.mediaType }, body: TEXT }),
  }];
}

function parameters(domain: AssessedDomain, { operation, token }: Callable): NewCase[] {
  return operation.required.map(({ name, in: place }) => {
    const headers = Object.fromEntries(Object.entries(operation.headers).filter(([header]) => place !== 'header' || header !== name.toLowerCase()));
    const query = operation.query.split('&').filter((pair) => pair !== '' && (place !== 'query' || !pair.startsWith(`${encodeURIComponent(name)}=`))).join('&');
    return {
      rule: `missing-${name.toLowerCase()}`, subject: `${operation.method} ${operation.path}`, title: `a request without its ${place} parameter ${name} is refused`, controls: [...inputControls(domain), 'ISM-2057'],
      probe: requestOf({ ...operation, headers, query }, invalid(operation), { token }),
    };
  });
}

/** Both refusals come before the service; which comes first is the gateway's. */
function invalid({ policy }: AssessedOperation): Expectation {
  return { status: [400], discreet: true, ...policy?.access !== undefined && { inconclusive: { 403: 'an access policy refuses what there is not before anything is validated' } } };
}

/** Whether a schema admits no text, as far as that shows at its surface. */
function refusesText(schema: Schema): boolean {
  const { type, allOf, anyOf, oneOf } = schema as { readonly type?: string; readonly allOf?: readonly Schema[]; readonly anyOf?: readonly Schema[]; readonly oneOf?: readonly Schema[] };
  return (type !== undefined && type !== 'string') || allOf?.some(refusesText) === true || [anyOf, oneOf].some((options) => options !== undefined && options.length > 0 && options.every(refusesText));
}
