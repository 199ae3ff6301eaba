import { readFileSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import * as exported from '../../../lib';
import { webAcl } from '../../fixtures/web-acl';

const GUIDE = readFileSync('docs/guides/web-acl.md', 'utf8');

interface Declared {
  readonly publicDomain: exported.SecurityDomain;
  readonly groups: exported.ApiGroup[];
}

function declared(): Declared {
  const [, code] = /```ts\n([\s\S]*?)```/.exec(GUIDE) ?? [];
  const names = { ...exported, Duration };
  return new Function(...Object.keys(names), `${code}; return { publicDomain, groups };`)(...Object.values(names)) as Declared;
}

test('stamps what the guide declares', () => {
  const { publicDomain, groups } = declared();
  const { rules, construct } = webAcl({ domain: publicDomain, groups });
  expect(rules.map(({ Name }) => Name)).toEqual([
    'AWSManagedRulesAntiDDoSRuleSet', 'Country', 'SourceAddress-articles', 'ForgedTrustToken', 'RateByAddress', 'UnusedMethod', 'AmbiguousPath', 'OverrideHeader', 'UnexpectedBody', 'BodyAbove65536', 'UnexpectedContentType',
    'RateByToken-news', 'RateByAddress-articles-60s-GET_articles_-7bid-7d_pdf', 'RateByAddress-articles-300s',
    'AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesAnonymousIpList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet',
    'CrossSiteScripting_BODY-elsewhere', 'Custom-ForwardedHost', 'Custom-OldClients',
  ]);
  expect(construct.capacity).toBeLessThanOrEqual(1500);
});

test('names what the library has', () => {
  const named = [...GUIDE.matchAll(/`([A-Z][a-z][A-Za-z]+)(?:\.([a-zA-Z]+))?/g)].filter(([, name]) => name !== undefined);
  const classes = exported as unknown as Record<string, Record<string, unknown> | undefined>;
  const unknown = named.filter(([, name = '', member]) => !(name in exported) || (member !== undefined && !(member in classes[name]!)));
  expect(unknown.map(([text]) => text).filter((text) => !['`Authorization'].includes(text))).toEqual([]);
});
