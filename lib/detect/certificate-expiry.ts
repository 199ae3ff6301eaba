import { X509Certificate } from 'crypto';
import { Duration } from 'aws-cdk-lib';
import { AUDIT_METRIC } from '../contract/audit-record';
import { TRUST_STORE_METRIC } from '../contract/stored-trust-store';
import { Consumer } from '../declaration/consumer';
import { TrustStore } from '../declaration/trust-store';
import { Measure, Statistic } from './measure';

/** Days before the end of a certificate from which its alarm tells. ACM has renewed its own by then, and partners need notice. */
export const EXPIRY_NOTICE_DAYS = 30;

const DAY = Duration.days(1);

/** When something ends, in days from now. */
export interface Expiry {
  /** Part of the alarm's id where there are several: stays with one certificate. */
  readonly id: string;
  readonly what: string;
  readonly daysLeft: Measure;
}

/** Of a host name's own certificate, which ACM counts twice a day. */
export function serverCertificateExpiry(certificateArn: string): Statistic {
  return { namespace: 'AWS/CertificateManager', metricName: 'DaysToExpiry', dimensions: { CertificateArn: certificateArn }, statistic: 'Minimum', period: DAY };
}

/** Of every member of a trust store that came in a file. */
export function trustStoreExpiries(trustStore: TrustStore, certificateArn: string): Expiry[] {
  return trustStore.partners.flatMap((partner) => trustStore.authoritiesOf(partner).map((pem) => expiry(partner, `authority of partner ${partner}`, pem, certificateArn)));
}

/** Of every client certificate that was declared itself. */
export function clientCertificateExpiries(consumers: readonly Consumer[], certificateArn: string): Expiry[] {
  return consumers.flatMap(({ name, certificates }) => certificates.flatMap(({ pem }) => (pem === undefined ? [] : [expiry(name, `certificate of consumer ${name}`, pem, certificateArn)])));
}

/**
 * Nothing in AWS watches these certificates. Their ends are known when the template is made, so an expression subtracts the time of day
 * from them; the count of the server certificate's days lends it a clock, since an expression has none without data.
 */
function expiry(owner: string, what: string, pem: string, certificateArn: string): Expiry {
  const { fingerprint256, subject, validTo } = new X509Certificate(pem);
  const fingerprint = fingerprint256.replaceAll(':', '').toLowerCase().slice(0, 16);
  const end = Math.floor(Date.parse(validTo) / 1000);
  return {
    id: `${owner}-${fingerprint}`,
    what: `${what}, ${subject.replaceAll('\n', ', ')}, SHA-256 ${fingerprint}, which ends on ${new Date(end * 1000).toISOString().slice(0, 10)}`,
    daysLeft: { expression: `(${end} - EPOCH(clock)) / 86400`, label: `Days left to ${owner}`, over: { clock: serverCertificateExpiry(certificateArn) } },
  };
}

/** What the function that stores a trust store tells of the private CAs of one partner. */
export interface PrivateAuthorityMetrics {
  readonly partner: string;
  /** Until the first of the stored certificates ends. */
  readonly daysLeft: Measure;
  /** CAs whose certificate or chain is no longer the stored one. */
  readonly changed: Measure;
}

/** Of every partner with private CAs, whose certificates are known at run time only. */
export function privateAuthorityMetrics(trustStore: TrustStore, environmentName: string): PrivateAuthorityMetrics[] {
  const { daysLeft, changed, dimensions } = TRUST_STORE_METRIC;
  return trustStore.partners.filter((partner) => trustStore.privateAuthoritiesOf(partner).length > 0).map((partner) => {
    const metric = (metricName: string, statistic: Statistic['statistic']): Statistic => ({ namespace: AUDIT_METRIC.namespace, metricName, dimensions: { [dimensions.environment]: environmentName, [dimensions.partner]: partner }, statistic, period: DAY });
    return { partner, daysLeft: metric(daysLeft, 'Minimum'), changed: metric(changed, 'Maximum') };
  });
}
