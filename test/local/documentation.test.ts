import { readdirSync, readFileSync } from 'node:fs';

const GATEWAY = 'https://docs.aws.amazon.com/apigateway/latest/';
const WEB_ACL = 'https://docs.aws.amazon.com/waf/latest/developerguide/';

/** What of the platform the local gateway does, the test that holds it, and the page that test follows. */
const BEHAVIOURS: readonly (readonly [behaviour: string, test: string, page: string])[] = [
  ['routing, greedy and path parameters, any-method', 'rest-api/route-table', `${GATEWAY}developerguide/api-gateway-method-settings-method-request.html`],
  ['base path mappings', 'domain/domain-name', `${GATEWAY}developerguide/rest-api-mappings.html`],
  ['stage variables in URIs and mappings', 'rest-api/parameter-mapping', `${GATEWAY}developerguide/aws-api-gateway-stage-variables-reference.html`],
  ['parameter mappings', 'rest-api/rest-api', `${GATEWAY}developerguide/request-response-data-mappings.html`],
  ['templates: which one is used, and variables in them', 'rest-api/rest-api', `${GATEWAY}developerguide/request-response-data-mappings.html`],
  ['bodies without a template', 'rest-api/rest-api', `${GATEWAY}developerguide/integration-passthrough-behaviors.html`],
  ['variables of the context', 'rest-api/context-variables', `${GATEWAY}developerguide/api-gateway-mapping-template-reference.html`],
  ['request validators by content type', 'rest-api/request-validator', `${GATEWAY}developerguide/api-gateway-method-request-validation.html`],
  ['models', 'rest-api/request-validator', `${GATEWAY}developerguide/api-gateway-known-issues.html`],
  ['gateway responses', 'rest-api/rest-api', `${GATEWAY}developerguide/supported-gateway-response-types.html`],
  ['gateway responses of the API\'s own', 'rest-api/refusals', `${GATEWAY}developerguide/supported-gateway-response-types.html`],
  ['events of Lambda authorizers', 'rest-api/rest-api', `${GATEWAY}developerguide/api-gateway-lambda-authorizer-input.html`],
  ['answers of Lambda authorizers', 'rest-api/rest-api', `${GATEWAY}developerguide/api-gateway-lambda-authorizer-output.html`],
  ['authorizer caching', 'rest-api/authorizer-cache', `${GATEWAY}developerguide/configure-api-gateway-lambda-authorization.html`],
  ['keys of the authorizer cache', 'rest-api/authorizer-cache', `${GATEWAY}api/API_CreateAuthorizer.html`],
  ['Lambda proxy integrations', 'rest-api/rest-api', `${GATEWAY}developerguide/set-up-lambda-proxy-integrations.html`],
  ['binary media types', 'rest-api/rest-api', `${GATEWAY}developerguide/api-gateway-payload-encodings-workflow.html`],
  ['mock integrations', 'rest-api/rest-api', `${GATEWAY}developerguide/how-to-mock-integration.html`],
  ['headers that get another name', 'rest-api/rest-api', `${GATEWAY}developerguide/api-gateway-known-issues.html`],
  ['usage plans', 'rest-api/usage-plan', `${GATEWAY}developerguide/api-gateway-api-usage-plans.html`],
  ['quotas', 'rest-api/usage-plan', `${GATEWAY}api/API_QuotaSettings.html`],
  ['sources of API keys', 'rest-api/usage-plan', `${GATEWAY}developerguide/api-gateway-api-key-source.html`],
  ['throttling, and its order', 'rest-api/rest-api', `${GATEWAY}developerguide/api-gateway-request-throttling.html`],
  ['resource policies', 'rest-api/resource-policy', `${GATEWAY}developerguide/apigateway-authorization-flow.html`],
  ['client certificates', 'start', `${GATEWAY}developerguide/rest-api-mutual-tls.html`],
  ['TLS policies', 'domain/tls-floor', `${GATEWAY}developerguide/apigateway-security-policies-list.html`],
  ['access logs', 'rest-api/access-log', `${GATEWAY}developerguide/set-up-logging.html`],
  ['quotas of sizes and times', 'rest-api/rest-api', `${GATEWAY}developerguide/limits.html`],
  ['the web ACL before all else', 'rest-api/rest-api', `${GATEWAY}developerguide/apigateway-control-access-aws-waf.html`],
  ['order of statements', 'web-acl/web-acl', `${WEB_ACL}web-acl-processing-order.html`],
  ['labels', 'web-acl/web-acl', `${WEB_ACL}waf-rule-label-match-examples.html`],
  ['components of a request', 'web-acl/web-acl', `${WEB_ACL}waf-rule-statement-fields-list.html`],
  ['oversize handling', 'web-acl/web-acl', `${WEB_ACL}waf-oversize-request-components.html`],
  ['text transformations', 'web-acl/web-acl', `${WEB_ACL}waf-rule-statement-transformation.html`],
  ['string matches', 'web-acl/web-acl', `${WEB_ACL}waf-rule-statement-type-string-match.html`],
  ['address sets', 'web-acl/web-acl', `${WEB_ACL}waf-rule-statement-type-ipset-match.html`],
  ['rates', 'web-acl/rate-window', `${WEB_ACL}waf-rule-statement-type-rate-based.html`],
  ['keys of rates', 'web-acl/web-acl', `${WEB_ACL}waf-rule-statement-type-rate-based-aggregation-options.html`],
  ['custom responses', 'web-acl/web-acl', `${WEB_ACL}customizing-the-response-for-blocked-requests.html`],
  ['inserted headers', 'web-acl/web-acl', `${WEB_ACL}customizing-the-incoming-request.html`],
];

const source = (test: string): string => readFileSync(`${__dirname}/${test}.test.ts`, 'utf8');

test.each(BEHAVIOURS)('%s: the test says which page it follows', (_, test, page) => {
  expect(source(test)).toContain(page);
});

test.each(['rest-api', 'web-acl', 'domain'].flatMap((folder) => readdirSync(`${__dirname}/${folder}`).filter((file) => file.endsWith('.test.ts')).map((file) => `${folder}/${file.slice(0, -'.test.ts'.length)}`)))('%s cites a page of the platform', (test) => {
  expect(source(test)).toMatch(/^\s*\/\/ .*https:\/\/docs\.aws\.amazon\.com\//m);
});
