import type { XmlLimits } from './xml-limits';

/** Which limit a body exceeds, what it brings that no request needs, or that it is not well-formed. */
export type XmlFault = keyof XmlLimits | 'syntax' | 'encoding' | 'documentType' | 'entity' | 'processingInstruction';

/** Ends a scan at the fault that it found. */
export class XmlFaultFound extends Error {
  constructor(readonly fault: XmlFault) {
    super(fault);
  }
}
