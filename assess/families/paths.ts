import type { CaseFamily } from '../assessment-case';
import { inputControls } from '../controls';

/** Ways to write a path that one reader takes for another path. */
const AMBIGUOUS: readonly (readonly [rule: string, suffix: string])[] = [
  ['encoded-slash', '/a%2Fb'], ['encoded-backslash', '/a%5Cb'], ['encoded-dots', '/%2e%2e/a'], ['encoded-percent', '/a%252Fb'],
  ['encoded-null', '/a%00b'], ['matrix-parameter', '/..;/a'], ['empty-segment', '//a'], ['dot-segments', '/../a'],
  ['overlong-slash', '/a%C0%AFb'], ['cut-character', '/a%E2/b'], ['encoded-line', '/a%0D%0Ab'], ['bare-percent', '/a%zzb'],
];

/** Only what is declared has an answer, written in one way. */
export const paths: CaseFamily = {
  name: 'paths',
  cases: (domain) => [
    { rule: 'unmapped', title: 'a path of no API is not found', controls: inputControls(domain), probe: { kind: 'request', method: 'GET', path: '/assessment-nowhere', expected: { status: [404], discreet: true } } },
    ...domain.apis.flatMap(({ basePath }) => [
      { rule: 'unknown', subject: basePath, title: 'a path that is not declared is not found', controls: inputControls(domain), probe: { kind: 'request' as const, method: 'GET', path: `${basePath}/assessment-nowhere`, expected: { status: [404], discreet: true as const } } },
      ...AMBIGUOUS.map(([rule, suffix]) => ({ rule, subject: basePath, title: `${rule.replace('-', ' ')} in a path is refused`, controls: inputControls(domain), probe: { kind: 'request' as const, method: 'GET', path: `${basePath}${suffix}`, expected: { status: [400], discreet: true as const } } })),
    ]),
  ],
};
