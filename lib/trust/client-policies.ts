import { apiKeySecretName } from '../contract/api-key';
import { CertificatePolicy, ClientPolicy } from '../contract/authorizer-configuration';
import { ApiGroup } from '../declaration/api-group';
import { ClientCertificate } from '../declaration/client-certificate';
import { exposedServices } from '../declaration/exposed-service';
import { SecurityDomain } from '../declaration/security-domain';
import { TrustStore } from '../declaration/trust-store';

/** The allow-list of one security domain, by client id. */
export function clientPolicies(domain: SecurityDomain, groups: readonly ApiGroup[], trustStore: TrustStore | undefined, environment: string): { [clientId: string]: ClientPolicy } {
  const exposed = [...new Set(exposedServices(domain, groups).map(({ group }) => group.name))];
  return Object.fromEntries(domain.consumers.map((consumer) => [consumer.clientId, {
    consumer: consumer.name,
    type: consumer.clientType,
    groups: exposed.filter((group) => consumer.groups?.includes(group) ?? true),
    ...(consumer.proofOfPossession !== undefined && { dpop: true }),
    ...(consumer.certificates.length > 0 && { certificates: consumer.certificates.map((certificate) => certificatePolicy(certificate, consumer.partner, trustStore)) }),
    ...(trustStore && { partner: consumer.partner }),
    ...(trustStore?.revocationOf(consumer.partner)?.notCheckedReason !== undefined && { notRevocable: true }),
    ...(consumer.subject !== undefined && { subject: consumer.subject }),
    ...(consumer.sourceAddresses && { sourceAddresses: consumer.sourceAddresses.ranges }),
    ...(consumer.apiKey && { apiKeySecret: apiKeySecretName(environment, domain.exposure, consumer.name) }),
  }]));
}

/** A thumbprint is one certificate, whoever issued it; a name is worth what its authority is. */
function certificatePolicy({ subject, subjectAlternativeName, sha256 }: ClientCertificate, partner: string, trustStore: TrustStore | undefined): CertificatePolicy {
  if (sha256 !== undefined) return { sha256 };
  return { subject, subjectAlternativeName, issuers: trustStore?.authoritiesOf(partner) ?? [], ...((trustStore?.privateAuthoritiesOf(partner).length ?? 0) > 0 && { privateIssuersOf: partner }) };
}
