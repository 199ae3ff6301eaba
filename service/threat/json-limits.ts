/** How large and how involved a JSON body may be. */
export interface JsonLimits {
  /** Bytes of the whole body. @default 65536, what the web ACL inspects */
  readonly bodyBytes: number;
  /** Objects and arrays inside each other. @default 16 */
  readonly depth: number;
  /** Members of one object. @default 200 */
  readonly objectMembers: number;
  /** Items of one array. @default 1000 */
  readonly arrayItems: number;
  /** Bytes of one member name, as written. @default 128 */
  readonly nameBytes: number;
  /** Bytes of one text, as written. @default 8192 */
  readonly textBytes: number;
  /** Characters of one number. @default 32 */
  readonly numberCharacters: number;
}

/** Limits that ordinary APIs never meet. */
export const DEFAULT_JSON_LIMITS: JsonLimits = {
  bodyBytes: 65_536,
  depth: 16,
  objectMembers: 200,
  arrayItems: 1000,
  nameBytes: 128,
  textBytes: 8192,
  numberCharacters: 32,
};
