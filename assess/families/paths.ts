import type { CaseFamily, NewCase } from '../assessment-case';
import type { AssessedDomain } from '../assessed-environment';
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
    refused(domain, 'unmapped', '', '/assessment-nowhere', 404, 'a path of no API is not found'),
    ...domain.apis.flatMap(({ basePath }) => [
      refused(domain, 'unknown', basePath, `${basePath}/assessment-nowhere`, 404, 'a path that is not declared is not found'),
      ...AMBIGUOUS.map(([rule, suffix]) => refused(domain, rule, basePath, `${basePath}${suffix}`, 400, `${rule.replace('-', ' ')} in a path is refused`)),
    ]),
  ],
};

function refused(domain: AssessedDomain, rule: string, subject: string, path: string, status: number, title: string): NewCase {
  return { rule, subject, title, controls: inputControls(domain), probe: { kind: 'request', method: 'GET', path, expected: { status: [status], discreet: true } } };
}
