/** How large and how involved an XML body may be. */
export interface XmlLimits {
  /** Bytes of the whole body. @default 65536, what the web ACL inspects */
  readonly bodyBytes: number;
  /** Elements inside each other. @default 16 */
  readonly depth: number;
  /** Elements directly inside one element. @default 1000 */
  readonly childElements: number;
  /** Attributes of one element, namespace declarations among them. @default 32 */
  readonly attributes: number;
  /** Bytes of one element or attribute name, with its prefix. @default 128 */
  readonly nameBytes: number;
  /** Bytes of one text, attribute value, CDATA section or comment, as written. @default 8192 */
  readonly textBytes: number;
}

/** Limits that ordinary APIs never meet. */
export const DEFAULT_XML_LIMITS: XmlLimits = {
  bodyBytes: 65_536,
  depth: 16,
  childElements: 1000,
  attributes: 32,
  nameBytes: 128,
  textBytes: 8192,
};
