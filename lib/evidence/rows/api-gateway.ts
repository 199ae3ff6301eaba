import { Asset, ControlState, type ControlRow } from '../control';

const asset = Asset.API_GATEWAY;

/** Control list: API Gateway, as the pattern has it. */
export const API_GATEWAY_ROWS: readonly ControlRow[] = [
  {
    control: 'ISM-0120', asset, claim: ControlState.IMPLEMENTED,
    intent: 'Expose honeypot APIs that reveal malicious behaviour and stolen credentials.',
    checks: ['web-acl-logged', 'stage-access-log', 'vpc-flow-logs', 'alarm-web-acl', 'alarm-forged-trust-token', 'alarm-invalid-signatures', 'alarm-revoked-certificates', 'honeypots-counted', 'honeypots-refused', 'decoy-blocks-by-connection', 'alarm-honeypots', 'alarm-canary-api-keys', 'alarm-canary-clients', 'alarms-act'],
    because: 'Honeypots and canary credentials are declared for a security domain, and one use alarms; a canary tells only of thieves who find it, so planting it is the organisation\'s to do.',
  },
  {
    control: 'ISM-0289', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Keep gateways and exposed endpoints in a hardened configuration, by vendor guidance and evaluation.',
    checks: ['default-endpoint-disabled', 'rest-api-tls', 'public-domain-strict-access', 'stage-no-data-trace', 'buckets-private'],
    missing: ['Whether the AWS services in use are operated as they were evaluated is the organisation\'s to decide and to keep.'],
  },
  {
    control: 'ISM-0469', asset, claim: ControlState.COMPENSATED,
    intent: 'Send data over approved cryptographic protocols only.',
    checks: ['public-domain-tls13', 'rest-api-tls', 'partner-domain-tls12', 'partner-domain-mutual-tls', 'partner-clients-bound-to-certificates', 'internal-domain-private', 'internal-domain-policy'],
    because: 'The public domain name is TLS 1.3 only. API Gateway offers no TLS 1.3-only policy for a domain name with mutual TLS, and fixes TLS 1.2 for private domain names.',
    standsIn: 'A partner authenticates with a certificate that is bound to its client, by thumbprint or by name and issuing authority, and TLS older than 1.2 is refused; the internal domain name answers inside the VPC only.',
  },
  {
    control: 'ISM-0616', asset, claim: ControlState.NOT_IMPLEMENTED,
    intent: 'Identify every administrator of the gateway and separate administrative duties.',
    missing: ['Administrative roles are not stamped; the organisation must separate gateway administration, API development and security audit in its own identity management.'],
  },
  {
    control: 'ISM-0628', asset, claim: ControlState.IMPLEMENTED,
    intent: 'Give callers of different security domains separate endpoints, with firewall rules in front of backends.',
    checks: ['default-endpoint-disabled', 'domain-certificate', 'partner-domain-mutual-tls', 'internal-domain-private', 'internal-domain-associated', 'internal-api-policy', 'web-acl-attached'],
  },
  {
    control: 'ISM-0634', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Record authentication and authorisation for every API transaction, permitted or blocked, and alert on attempted intrusions in real time.',
    checks: ['stage-access-log', 'stage-access-log-structured', 'web-acl-logged', 'vpc-flow-logs', 'alarm-forged-trust-token', 'alarm-invalid-signatures', 'alarm-web-acl', 'alarms-act'],
    missing: ['Records stay in the environment they arise in; a central facility beyond it is not stamped.'],
  },
  {
    control: 'ISM-0649', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Let only allowed file types through APIs, up and down.',
    checks: ['web-acl-content-type', 'web-acl-size', 'file-quarantine-closed', 'file-release-by-content', 'file-released-by-release-only'],
    missing: ['Only files that go through FileUploads are recognised by their content; a body that an API service takes itself is restricted by what the request says.', 'What an API service itself makes for download is not filtered.'],
  },
  {
    control: 'ISM-0971', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Inspect API messages with web application firewall rules, and scan binary payloads for malware.',
    checks: ['web-acl-attached', 'web-acl-inspects-64-kb', 'web-acl-capacity', 'web-acl-common', 'web-acl-bad-inputs', 'web-acl-sql-injection', 'web-acl-ambiguous-path', 'web-acl-override-header', 'file-quarantine-scanned', 'file-quarantine-closed', 'alarm-malware'],
    missing: ['Only files that go through FileUploads are scanned for malware; a binary body that an API service takes itself is not.', 'Use of the OWASP verification standard in development is the organisation\'s.'],
  },
  {
    control: 'ISM-1037', asset, claim: ControlState.NOT_IMPLEMENTED,
    intent: 'Test gateways after configuration changes and at least every six months.',
    missing: ['No assessment is scheduled and none is triggered by a deployment; the organisation must run one itself.'],
  },
  {
    control: 'ISM-1182', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Limit API traffic between endpoints to what the business needs, at the gateway.',
    checks: ['authorizer-client-allow-list', 'authorizer-scopes', 'internal-api-policy', 'internal-domain-policy', 'interface-endpoints-guarded', 'subnets-without-public-addresses', 'authorizer-in-vpc', 'functions-invoked-by-gateway-only', 'function-permissions-bound', 'web-acl-method'],
    missing: ['Functions may open HTTPS connections to any address; egress is not limited to identity providers and declared destinations.'],
  },
  {
    control: 'ISM-1284', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Validate the content of files that pass the APIs.',
    checks: ['file-quarantine-scanned', 'file-quarantine-closed', 'file-release-by-content', 'file-released-by-release-only'],
    missing: ['Only PDF, PNG, JPEG and CSV files that go through FileUploads are validated; a file that an API service takes or makes itself is not.'],
  },
  {
    control: 'ISM-1431', asset, claim: ControlState.INHERITED,
    intent: 'Protect against denial of service on the network and in HTTP.',
    checks: ['web-acl-rate', 'web-acl-ip-reputation', 'web-acl-anonymous-ip', 'stage-throttled', 'consumers-throttled', 'rate-limits-counted', 'rate-limits-told'],
    because: 'Network-level protection is AWS Shield Standard, which every account has; thresholds, cost and pre-approved actions are agreed with the provider.',
  },
  {
    control: 'ISM-1435', asset, claim: ControlState.RESCINDED,
    intent: 'Count, limit and alert in real time, so that denial of service is detected and measured.',
    checks: ['web-acl-rate', 'stage-throttled', 'consumers-throttled', 'rate-limits-counted', 'rate-limits-told', 'alarm-web-acl', 'alarm-authorizer-throttled', 'alarm-requests-uncounted', 'alarms-act'],
    because: 'What the pattern wants is stamped, and is claimed under the successors.',
  },
  {
    control: 'ISM-1546', asset, claim: ControlState.IMPLEMENTED,
    intent: 'Check resource access at the gateway by access token, and challenge clients for credentials of a trusted provider.',
    checks: ['no-other-doors', 'operations-authorized', 'internal-operations-authorized', 'public-authorizer', 'partner-authorizer', 'internal-authorizer', 'published-keys-only', 'authorizer-trusted-issuer', 'authorizer-algorithms', 'authorizer-scopes', 'authorizer-client-allow-list', 'authorizer-implicit-trust', 'authorizer-authentication-levels', 'authorizer-access-policies', 'decisions-not-cached', 'replay-tables-encrypted', 'web-acl-trust-token', 'web-acl-ambiguous-path', 'web-acl-override-header'],
  },
  {
    control: 'ISM-1552', asset, claim: ControlState.IMPLEMENTED,
    intent: 'Serve every security domain over HTTPS, with a certificate authority that the domain trusts.',
    checks: ['domain-certificate', 'internal-domain-certificate', 'certificates-strong', 'default-endpoint-disabled', 'refusals-strict-transport-security'],
  },
  {
    control: 'ISM-1579', asset, claim: ControlState.INHERITED,
    intent: 'Let backends scale so that denial of service is absorbed.',
    checks: ['stage-throttled', 'alarm-authorizer-throttled'],
    because: 'Gateway, web ACL and functions scale with the cloud provider; the backends of services are not stamped, and verifying capacity is agreed with the provider.',
  },
  {
    control: 'ISM-1775', asset, claim: ControlState.RESCINDED,
    intent: 'Bring gateway event logs together in one place (SIEM).',
    checks: ['stage-access-log', 'web-acl-logged', 'archive-write-once'],
    because: 'Events are collected and kept per environment; shipping them to a SIEM is not stamped.',
  },
  {
    control: 'ISM-1818', asset, claim: ControlState.IMPLEMENTED,
    intent: 'Authenticate and authorise client access with OpenID Connect or OAuth 2.',
    checks: ['no-other-doors', 'operations-authorized', 'public-authorizer', 'partner-authorizer', 'published-keys-only', 'authorizer-trusted-issuer', 'authorizer-algorithms', 'authorizer-scopes', 'authorizer-client-allow-list'],
  },
];
