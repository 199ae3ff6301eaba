import { Asset, ControlState, type ControlRow } from '../control';
import { DUPLICATE_MEMBERS, INSPECTED_BY_CODE, NOT_SHOWN_OF_MODELS } from './validation';

const asset = Asset.API_SERVICE;

/** Control list: API Service, as the pattern has it. */
export const API_SERVICE_ROWS: readonly ControlRow[] = [
  {
    control: 'ISM-0120', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Watch API services for signs of compromise, with honeypot APIs that expose intruders and stolen credentials.',
    checks: ['stage-access-log', 'stage-traced', 'vpc-flow-logs', 'alarm-forged-trust-token', 'alarm-invalid-signatures', 'alarm-missing-scopes', 'honeypots-counted', 'honeypots-refused', 'alarm-honeypots', 'alarm-canary-api-keys', 'alarm-canary-clients', 'alarms-act'],
    missing: ['Records are not shipped to a SIEM, where they would be correlated.'],
  },
  {
    control: 'ISM-0289', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Expose API services in a hardened configuration, by vendor guidance and evaluation.',
    checks: ['default-endpoint-disabled', 'stage-no-data-trace', 'refusals-cache-control', 'artifacts-content-addressed', 'function-permissions-bound', 'keys-rotated'],
    missing: ['Whether the AWS services in use are operated as they were evaluated is the organisation\'s to decide and to keep.'],
  },
  {
    control: 'ISM-0400', asset, claim: ControlState.IMPLEMENTED,
    intent: 'Keep production, testing and development deployments of an API service apart.',
    checks: ['environments-separate-accounts', 'vpc-per-environment', 'issuers-separate', 'trust-domains-separate'],
  },
  {
    control: 'ISM-0402', asset, claim: ControlState.NOT_IMPLEMENTED,
    intent: 'Scan API interfaces for weaknesses and misconfiguration regularly, and before release.',
    missing: ['No static, dynamic or composition analysis is stamped; the delivery pipeline of the organisation must run it.'],
  },
  {
    control: 'ISM-0469', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Send data over approved cryptographic protocols only.',
    checks: ['backends-https', 'buckets-tls-only', 'bucket-policies-deny-plain-http'],
    missing: ['The gateway cannot require a TLS version of an HTTPS backend; the backend must refuse everything older than TLS 1.3 itself.'],
  },
  {
    control: 'ISM-0971', asset, claim: ControlState.ORGANISATIONAL,
    intent: 'Test API services by the OWASP verification standard in the test environment.',
    because: 'Use of the standard is part of developing each service. Static, dynamic, composition and malware analysis are not stamped.',
  },
  {
    control: 'ISM-1182', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Let API services be consumed through the gateway only.',
    checks: ['no-other-doors', 'default-endpoint-disabled', 'internal-api-policy', 'internal-domain-policy', 'backends-get-trust-token', 'stage-client-certificate'],
    missing: ['The network of a service is not stamped: its backend must refuse callers that bring neither the trust token nor the client certificate of its gateway.'],
  },
  {
    control: 'ISM-1240', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Validate or sanitise all input of API services.',
    checks: ['operations-validated', 'validators-check-body-and-parameters', 'parameters-checked', 'web-acl-common', 'web-acl-size', 'web-acl-content-type', 'web-acl-unexpected-body', 'web-acl-ambiguous-path', 'web-acl-override-header', 'body-limits-told', 'body-validators-given'],
    missing: [NOT_SHOWN_OF_MODELS, DUPLICATE_MEMBERS, INSPECTED_BY_CODE, 'What the gateway cannot express of an API description is listed per operation in this report, with what of it the generated validators check; the rest is the service\'s to validate.'],
  },
  {
    control: 'ISM-1241', asset, claim: ControlState.ORGANISATIONAL,
    intent: 'Encode all output of API services.',
    checks: ['refusals-x-content-type-options', 'refusals-content-security-policy'],
    because: 'Only the service knows the context that its output is meant for. The gateway\'s own answers carry no caller input.',
  },
  {
    control: 'ISM-1269', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Separate API services from the access to backend databases.',
    checks: ['vpc-per-environment', 'subnets-without-public-addresses'],
    missing: ['Databases and the compute of services are not stamped; their security groups must keep them apart.'],
  },
  {
    control: 'ISM-1424', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Set Content-Security-Policy, HSTS and X-Frame-Options on responses.',
    checks: ['refusals-content-security-policy', 'refusals-strict-transport-security', 'refusals-x-frame-options'],
    missing: ['The gateway cannot add headers to the response of a proxy integration; the service must set them, as the service library does.'],
  },
  {
    control: 'ISM-1436', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Record the security categorisation and the approved exposure of each API service.',
    checks: ['api-classification-recorded', 'api-approved-exposure-recorded', 'api-owner-recorded', 'authorizer-markings', 'markings-required', 'web-acl-attached', 'stage-throttled'],
    missing: ['Each service has REST APIs and throttles of its own, but the services of a security domain share its domain name, its web ACL and the account\'s request quota.'],
  },
  {
    control: 'ISM-1536', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Log denied access, errors and request headers, with credentials obscured.',
    checks: ['stage-access-log', 'stage-access-log-no-credentials', 'stage-no-data-trace', 'web-acl-log-redacted', 'web-acl-log-path-redacted'],
    missing: ['The control of today is about database queries, which the gateway does not see; services must log them.'],
  },
  {
    control: 'ISM-1546', asset, claim: ControlState.IMPLEMENTED,
    intent: 'Authenticate users before any access, check resource access at the gateway, verify that tokens come from a trusted provider.',
    checks: ['no-other-doors', 'operations-authorized', 'internal-operations-authorized', 'public-authorizer', 'partner-authorizer', 'internal-authorizer', 'published-keys-only', 'authorizer-trusted-issuer', 'authorizer-algorithms', 'authorizer-scopes', 'authorizer-implicit-trust', 'authorizer-authentication-levels', 'authorizer-access-policies', 'decisions-not-cached', 'web-acl-ambiguous-path', 'web-acl-override-header', 'backends-get-trust-token', 'trust-token-short-lived', 'message-signatures-told'],
  },
  {
    control: 'ISM-1579', asset, claim: ControlState.INHERITED,
    intent: 'Protect the availability of APIs with performance counters, thresholds and rate limits.',
    checks: ['stage-throttled', 'consumers-throttled', 'rate-limits-counted', 'rate-limits-told', 'web-acl-rate', 'alarm-web-acl', 'alarm-authorizer-throttled', 'alarm-requests-uncounted'],
    because: 'Scaling of gateway, web ACL and functions is the cloud provider\'s; verifying it for expected demand is agreed with the provider.',
  },
  {
    control: 'ISM-1757', asset, claim: ControlState.RESCINDED,
    intent: 'Bring the security events of APIs together in one place (SIEM).',
    checks: ['stage-access-log', 'log-groups-encrypted'],
    because: 'Events are collected per environment; shipping them to a SIEM is not stamped.',
  },
  {
    control: 'ISM-1817', asset, claim: ControlState.IMPLEMENTED,
    intent: 'Authenticate every client of APIs that give access to data not meant for the public.',
    checks: ['no-other-doors', 'operations-authorized', 'public-authorizer', 'partner-authorizer', 'published-keys-only', 'authorizer-client-allow-list', 'authorizer-scopes', 'message-signatures-told'],
  },
];
