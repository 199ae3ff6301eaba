import { isUtf8 } from 'node:buffer';
import { BodyRefused } from './body-refused';
import { checkedLimits } from './checked-limits';
import type { XmlFault } from './xml-fault';
import { DEFAULT_XML_LIMITS, type XmlLimits } from './xml-limits';
import { XmlScanner } from './xml-scan';

/** What makes an XML body a threat: a limit it exceeds, or what a parser would expand, fetch or read otherwise. */
export type XmlThreat = XmlFault;

/** An XML body that no parser should see; `threat` is for the service's own log. */
export class XmlThreatRefused extends BodyRefused {
  constructor(override readonly threat: XmlThreat) {
    super('XML', threat);
    this.name = 'XmlThreatRefused';
  }
}

/**
 * Inspects XML bodies before they are parsed.
 *
 * Refuses document types and with them external entities and entity expansion, processing instructions, encodings other than UTF-8,
 * what is not well-formed, and whatever exceeds its limits. The service parses what is left with a parser of its own choice.
 *
 * @example
 * const document = parse(new XmlThreatProtection({ depth: 8 }).inspect(event.body));
 */
export class XmlThreatProtection {
  private readonly scanner: XmlScanner;

  /** @throws TypeError where a limit is no positive whole number */
  constructor(limits: Partial<XmlLimits> = {}) {
    this.scanner = new XmlScanner(checkedLimits(DEFAULT_XML_LIMITS, limits));
  }

  /**
   * Looks at the beginning of a body whose rest is yet to come.
   *
   * @throws XmlThreatRefused by what no rest could mend
   */
  glance(beginning: Buffer): void {
    // As far as tags are whole: what is cut off looks malformed, and half an entity like another one.
    const fault = this.scanner.scan(beginning.subarray(0, beginning.lastIndexOf('>') + 1));
    if (fault !== undefined && fault !== 'syntax') {
      throw new XmlThreatRefused(fault);
    }
  }

  /**
   * The text of an XML body in UTF-8, which is safe to parse; a body that is missing is none.
   *
   * @throws XmlThreatRefused
   */
  inspect(body: string | Buffer | null | undefined): string {
    if (body === null || body === undefined) {
      throw new XmlThreatRefused('syntax');
    }
    const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
    const fault = this.scanner.scan(bytes) ?? (isUtf8(bytes) ? undefined : 'encoding');
    if (fault) {
      throw new XmlThreatRefused(fault);
    }
    return typeof body === 'string' ? body : body.toString('utf8');
  }
}
