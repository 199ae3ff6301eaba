import { Asset, ControlState, type ControlRow } from '../control';
import { DUPLICATE_MEMBERS, INSPECTED_BY_CODE, NOT_SHOWN_OF_MODELS } from './validation';

const { IMPLEMENTED, PARTLY_IMPLEMENTED, NOT_IMPLEMENTED, COMPENSATED } = ControlState;
const service = Asset.API_SERVICE;
const gateway = Asset.API_GATEWAY;
const NO_CENTRAL_FACILITY = 'Records stay in the environment they arise in; a central facility beyond it is not stamped.';

/** Controls that the ISM has today and the pattern could not know. */
export const ADDED_ROWS: readonly ControlRow[] = [
  {
    control: 'ISM-1139', asset: gateway, claim: COMPENSATED,
    checks: ['public-domain-tls13', 'public-domain-strict-access', 'partner-domain-tls12', 'partner-domain-mutual-tls', 'partner-clients-bound-to-certificates', 'internal-domain-private', 'internal-domain-policy'],
    because: 'The public domain name is TLS 1.3 only. API Gateway offers no TLS 1.3-only policy for a domain name with mutual TLS, and fixes TLS 1.2 for private domain names.',
    standsIn: 'A partner authenticates with a certificate that is bound to its client, by thumbprint or by name and issuing authority; the internal domain name answers inside the VPC only.',
  },
  {
    control: 'ISM-1369', asset: gateway, claim: PARTLY_IMPLEMENTED,
    checks: ['public-domain-tls13', 'partner-domain-tls12'],
    missing: ['The TLS 1.3 policy offers ChaCha20-Poly1305 beside AES-GCM, and the TLS 1.2 policy of partner and internal domain names offers AES-CBC as well; the platform has no AES-GCM-only policy for them.'],
  },
  {
    control: 'ISM-1453', asset: gateway, claim: PARTLY_IMPLEMENTED,
    checks: ['public-domain-tls13', 'partner-domain-tls12'],
    missing: ['TLS 1.3 always has forward secrecy; the TLS 1.2 policy of partner and internal domain names also offers key exchange without it, so clients must prefer ECDHE.'],
  },
  {
    control: 'ISM-1405', asset: gateway, claim: PARTLY_IMPLEMENTED,
    checks: ['stage-access-log', 'web-acl-logged', 'archive-write-once'],
    missing: [NO_CENTRAL_FACILITY],
  },
  {
    control: 'ISM-1581', asset: gateway, claim: PARTLY_IMPLEMENTED,
    checks: ['alarm-authorizer-errors', 'alarm-authorizer-throttled', 'alarm-keys-unreachable', 'alarm-revocation-unknown', 'alarm-server-certificates', 'alarm-trust-store', 'alarm-private-authorities', 'alarm-trust-store-changed', 'alarm-web-acl', 'alarms-act'],
    missing: ['No alarm watches latency or 5xx answers of the APIs; the backends of services are not stamped and so not monitored.'],
  },
  {
    control: 'ISM-1815', asset: gateway, claim: PARTLY_IMPLEMENTED,
    checks: ['archive-write-once', 'archive-locked-12-months', 'flow-logs-archived', 'log-groups-outlive-stack'],
    missing: ['Access, web ACL and authorizer logs are in log groups, which an administrator of logs can delete; copying them to the archive is not stamped.'],
  },
  {
    control: 'ISM-1851', asset: service, claim: PARTLY_IMPLEMENTED,
    checks: ['no-other-doors', 'operations-authorized', 'public-authorizer', 'partner-authorizer', 'authorizer-scopes', 'operations-validated', 'web-acl-ambiguous-path', 'web-acl-override-header', 'stage-throttled', 'consumers-throttled', 'rate-limits-counted', 'rate-limits-told', 'web-acl-rate', 'default-endpoint-disabled', 'refusals-problem-json', 'api-owner-recorded'],
    missing: ['Object-level and property-level authorisation, sensitive business flows and requests to other services are decided inside each service.'],
  },
  {
    control: 'ISM-1862', asset: gateway, claim: PARTLY_IMPLEMENTED,
    checks: ['no-other-doors', 'web-acl-attached', 'default-endpoint-disabled'],
    missing: ['The gateway is the origin of the web ACL and cannot be reached past it; an HTTPS backend outside the VPC must keep its own address undisclosed and admit its gateway only.'],
  },
  {
    control: 'ISM-1910', asset: gateway, claim: PARTLY_IMPLEMENTED,
    checks: ['stage-access-log', 'stage-access-log-structured', 'web-acl-logged'],
    missing: [NO_CENTRAL_FACILITY],
  },
  {
    control: 'ISM-2015', asset: gateway, claim: PARTLY_IMPLEMENTED,
    checks: ['stage-access-log', 'stage-access-log-structured', 'execute-api-endpoint', 'vpc-flow-logs'],
    missing: [NO_CENTRAL_FACILITY],
  },
  {
    control: 'ISM-1911', asset: service, claim: PARTLY_IMPLEMENTED,
    checks: ['stage-access-log', 'alarm-authorizer-errors', 'refusals-problem-json'],
    missing: ['The gateway records that a service failed; the service must log its own crash.', NO_CENTRAL_FACILITY],
  },
  {
    control: 'ISM-1959', asset: gateway, claim: IMPLEMENTED,
    checks: ['stage-access-log-structured', 'web-acl-logged'],
  },
  {
    control: 'ISM-1983', asset: gateway, claim: NOT_IMPLEMENTED,
    missing: ['Shipping records to a central facility is not stamped.'],
  },
  {
    control: 'ISM-1984', asset: gateway, claim: PARTLY_IMPLEMENTED,
    checks: ['buckets-tls-only', 'bucket-policies-deny-plain-http'],
    missing: ['The archive refuses plain HTTP; shipping beyond the environment is not stamped.'],
  },
  {
    control: 'ISM-1985', asset: gateway, claim: IMPLEMENTED,
    checks: ['archive-encrypted', 'buckets-encrypted', 'log-groups-encrypted', 'execution-logs-declared', 'buckets-private', 'keys-rotated'],
  },
  { control: 'ISM-1988', asset: gateway, claim: IMPLEMENTED, checks: ['log-groups-kept-12-months', 'execution-logs-declared', 'log-groups-outlive-stack', 'archive-locked-12-months'] },
  {
    control: 'ISM-2013', asset: gateway, claim: IMPLEMENTED,
    checks: ['internal-operations-authorized', 'internal-authorizer', 'authorizer-trusted-issuer', 'authorizer-scopes', 'authorizer-client-allow-list'],
  },
  {
    control: 'ISM-2014', asset: gateway, claim: IMPLEMENTED,
    checks: ['internal-operations-authorized', 'internal-authorizer', 'authorizer-trusted-issuer', 'authorizer-scopes', 'authorizer-client-allow-list', 'internal-api-policy'],
  },
  {
    control: 'ISM-2016', asset: service, claim: PARTLY_IMPLEMENTED,
    checks: ['operations-validated', 'validators-check-body-and-parameters', 'parameters-checked', 'web-acl-content-type', 'web-acl-unexpected-body', 'body-limits-told', 'body-validators-given'],
    missing: [NOT_SHOWN_OF_MODELS, DUPLICATE_MEMBERS, INSPECTED_BY_CODE, 'What the gateway cannot express of an API description is listed per operation in this report, with what of it the generated validators check; the rest is the service\'s to validate.'],
  },
  {
    control: 'ISM-2051', asset: service, claim: PARTLY_IMPLEMENTED,
    checks: ['stage-access-log', 'web-acl-logged', 'stage-traced'],
    missing: ['Gateway and authorizer record every decision of theirs; events inside a service are the service\'s to log.'],
  },
  {
    control: 'ISM-2052', asset: gateway, claim: PARTLY_IMPLEMENTED,
    checks: ['stage-access-log-no-credentials', 'stage-no-data-trace', 'web-acl-log-redacted', 'web-acl-log-path-redacted', 'log-groups-encrypted', 'execution-logs-declared'],
    missing: ['Authorizer records hold the subject of the access token and the source address of the caller, and access logs and web ACL logs the source address: the records are worth little without them, and whoever may read and decrypt the log groups sees them.'],
  },
  {
    control: 'ISM-2057', asset: service, claim: PARTLY_IMPLEMENTED,
    checks: ['operations-validated', 'validators-check-body-and-parameters', 'parameters-checked'],
    missing: [NOT_SHOWN_OF_MODELS, 'The rules are the API description, and the gateway enforces that same description; tests with accepted and refused input are the service\'s.'],
  },
  {
    control: 'ISM-2058', asset: service, claim: PARTLY_IMPLEMENTED,
    checks: ['operations-validated', 'validators-check-body-and-parameters', 'parameters-checked', 'web-acl-size', 'web-acl-unexpected-body', 'body-limits-told', 'body-validators-given'],
    missing: [NOT_SHOWN_OF_MODELS, DUPLICATE_MEMBERS, INSPECTED_BY_CODE, 'JSON is validated before a service sees it; other formats are passed on and are the service\'s to validate.'],
  },
];
