import type { RequestCase } from './request-case';

const LIST = { domain: 'public', token: 'valid', certificate: 'none', method: 'GET', path: '/accounts/accounts', headers: {}, scope: 'accounts:read' } as const;

/** Requests whose parameters an OpenAPI document bounds (`bin/reference/apis/accounts.yaml`). */
export const PARAMETER_CASES: readonly RequestCase[] = [
  { ...LIST, title: 'parameters as declared', expected: 200, path: `${LIST.path}?page=1&pageSize=200` },
  { ...LIST, title: 'a parameter above its maximum', expected: 400, path: `${LIST.path}?pageSize=201` },
  { ...LIST, title: 'a parameter of another type', expected: 400, path: `${LIST.path}?page=1%20OR%201%3D1` },
  { ...LIST, title: 'a parameter twice', expected: 400, path: `${LIST.path}?page=1&page=2` },
  { ...LIST, title: 'a parameter that nobody declared', expected: 400, path: `${LIST.path}?debug=true` },
  { ...LIST, title: 'a path parameter against its pattern', expected: 400, path: '/accounts/accounts/not-a-number' },
  // Where requests are counted, the answer that the gateway can be led to is 429 (docs/decisions/0031).
  { ...LIST, title: 'the same where requests are counted', expected: 403, path: '/rates/interest?debug=true', scope: 'rates:read' },
];
