import { Duration } from 'aws-cdk-lib';
import { demand } from '../private/refusal';
import { recordedReason } from './recorded-reason';

/** Properties of a `CertificateRevocation` by revocation lists. */
export interface RevocationListProps {
  /**
   * How often a list is read again, 1 minute to 1 hour.
   *
   * A certificate is refused at the latest this long after the list names it, as long as the list can be read.
   *
   * @default Duration.minutes(5)
   */
  readonly refreshEvery?: Duration;
  /**
   * How long the last list is used while it cannot be read again, 5 minutes to 24 hours, and never past its own `nextUpdate`.
   *
   * Beyond, every caller of the partner is refused until a list can be read.
   *
   * @default Duration.hours(1)
   */
  readonly usableThroughOutage?: Duration;
  /**
   * Longest time since a list was made (`thisUpdate`), 1 hour to 400 days: longer than the pause between two lists of any of the authorities.
   *
   * A function that starts has no list to compare with, so whoever serves old lists in place of the authority can have one
   * accepted, without what was revoked since, for as long as that list is in force. This bounds it.
   *
   * @default - a list is good until its `nextUpdate`: authorities that are kept offline make one a year
   */
  readonly maxAge?: Duration;
}

/** How the gateway learns which certificates of a partner its authorities have revoked. */
export class CertificateRevocation {
  /**
   * From certificate revocation lists (CRLs, RFC 5280 section 5), one for each of the partner's authorities, at https URLs.
   *
   * A list is complete, of version 2, with a CRL number and a next update, at most 1 MiB in DER or PEM, and signed by the authority
   * with RSA or ECDSA and SHA-2. Delta lists, partitions, lists of a third party and OCSP are not supported. A list that is missing, forged,
   * too old or past its next update refuses the partner's callers.
   *
   * @param urls where the lists are; those that certificates name are not followed
   */
  public static crl(urls: string[], props: RevocationListProps = {}): CertificateRevocation {
    const seconds = (duration: Duration): number => duration.toSeconds({ integral: false });
    for (const url of urls) demand('REVOCATION_LIST', isListUrl(url), () => `'${url}'`);
    const [refresh, outage] = [props.refreshEvery ?? Duration.minutes(5), props.usableThroughOutage ?? Duration.hours(1)];
    demand('REVOCATION_AGE', Number.isInteger(seconds(refresh)) && seconds(refresh) >= 60 && seconds(refresh) <= 3600, () => `refreshEvery ${refresh.toHumanString()}`);
    demand('REVOCATION_AGE', Number.isInteger(seconds(outage)) && seconds(outage) >= 300 && seconds(outage) <= 86_400, () => `usableThroughOutage ${outage.toHumanString()}`);
    const age = props.maxAge;
    demand('REVOCATION_AGE', age === undefined || (Number.isInteger(seconds(age)) && seconds(age) >= 3600 && seconds(age) <= 400 * 86_400), () => `maxAge ${age?.toHumanString()}`);
    return new CertificateRevocation([...new Set(urls)], refresh, outage, undefined, age);
  }

  /**
   * Not at all, for a recorded reason: a stolen certificate is good until its consumer is taken off the allow-list by a deployment.
   *
   * @param reason who accepted what risk, and why: at least 10 characters, shown in the evidence
   */
  public static notChecked(reason: string): CertificateRevocation {
    return new CertificateRevocation([], Duration.minutes(5), Duration.hours(1), recordedReason(reason));
  }

  private constructor(
    /** Where the lists are; none where revocation is not checked. */
    public readonly urls: string[],
    /** How often a list is read again. */
    public readonly refreshEvery: Duration,
    /** How long the last list is used while it cannot be read again. */
    public readonly usableThroughOutage: Duration,
    /** Why revocation is not checked; undefined where it is. */
    public readonly notCheckedReason: string | undefined,
    /** Longest time since a list was made; undefined where its `nextUpdate` alone ends it. */
    public readonly maxAge?: Duration,
  ) {}
}

/** Functions reach port 443 only. */
function isListUrl(url: string): boolean {
  return /^https:\/\/[A-Za-z0-9.-]+\/[^\s#@\\]+$/.test(url) && URL.canParse(url);
}
