import type { CaseFamily } from '../assessment-case';

/** The keys that verify trust tokens are public, and nothing but public. */
export const publishedKeys: CaseFamily = {
  name: 'published-keys',
  cases: ({ keysPath }) => keysPath === undefined ? [] : [
    { rule: 'public-members', title: 'published keys hold no private member', controls: ['ISM-0469'], probe: { kind: 'request', method: 'GET', path: keysPath, expected: { status: [200], publicKeys: true } } },
    { rule: 'read-only', title: 'published keys cannot be written', controls: ['ISM-1851'], probe: { kind: 'request', method: 'PUT', path: keysPath, expected: { status: [405], discreet: true } } },
  ],
};
