import { SECURITY_CLASSIFICATIONS, type SecurityClassification } from '../lib/contract/protective-marking';

/** What a protective marking says, as far as it decides anything. */
export interface ParsedMarking {
  readonly classification: SecurityClassification;
  /** `SH:CABINET`, `RI:REL AUS/NZL`: who may see it beside the classification. */
  readonly caveats: readonly string[];
}

interface Key {
  readonly name: string;
  readonly value: RegExp;
  readonly required?: boolean;
  readonly repeated?: boolean;
}

/** The standard's own bounds add up to less; a header that is longer is none of it. */
const MAX_LENGTH = 1024;
const MAX_REPEATED = 16;
/** Printable ASCII; a comma ends a value, so that in a text it and the backslash are escaped. */
const TEXT = '(?:[ !"#$%&\'()*+./0-9:;<=>?@A-Z\\[\\]^_`a-z{|}~-]|\\\\[,\\\\])';
const CLASSIFICATION = new RegExp(`^(?:${SECURITY_CLASSIFICATIONS.join('|')})$`);

/** Keys in the order in which the standard wants them. */
const KEYS: readonly Key[] = [
  { name: 'VER', value: /^20\d\d\.\d{1,2}$/, required: true },
  { name: 'NS', value: /^gov\.au$/, required: true },
  { name: 'SEC', value: CLASSIFICATION, required: true },
  { name: 'CAVEAT', value: new RegExp(`^(?:(?:C|FG):${TEXT}{1,128}|RI:(?:AUSTEO|AGAO|REL [A-Z]{3}(?:/[A-Z]{3}){0,31})|SH:(?:ACCOUNTABLE-MATERIAL|CABINET|DELICATE-SOURCE|NATIONAL-CABINET|ORCON|EXCLUSIVE-FOR ${TEXT}{1,128}))$`), repeated: true },
  { name: 'EXPIRES', value: new RegExp(`^(?:\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d:\\d\\d(?:Z|[+-]\\d\\d:\\d\\d)?)?|${TEXT}{1,128})$`) },
  { name: 'DOWNTO', value: CLASSIFICATION },
  { name: 'ACCESS', value: /^(?:Legal-Privilege|Legislative-Secrecy|Personal-Privacy)$/, repeated: true },
  { name: 'NOTE', value: new RegExp(`^${TEXT}{1,128}$`) },
  { name: 'ORIGIN', value: /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}$/ },
];

/**
 * A protective marking, `VER=2018.6, NS=gov.au, SEC=PROTECTED, …`; undefined where the text is none.
 *
 * Keys come in their order and, but for CAVEAT and ACCESS, once; letters are as the standard writes them; a comma and one space
 * stand between them. Leniency would let two readers take one marking for two classifications.
 */
export function parseProtectiveMarking(text: string): ParsedMarking | undefined {
  const parts = text.length > MAX_LENGTH ? [] : text.split(/(?<!(?<!\\)(?:\\\\)*\\), /);
  const found = new Map<string, string[]>();
  let position = 0;
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = part.slice(0, equals);
    const value = part.slice(equals + 1);
    const index = KEYS.findIndex((key) => key.name === name);
    const key = KEYS[index];
    const values = found.get(name) ?? [];
    if (!key || equals < 0 || index < position || (values.length > 0 && !key.repeated) || values.length >= MAX_REPEATED || !key.value.test(value)) {
      return undefined;
    }
    position = index;
    found.set(name, [...values, value]);
  }
  const isComplete = KEYS.every(({ name, required }) => !required || found.has(name)) && found.has('EXPIRES') === found.has('DOWNTO');
  const classification = SECURITY_CLASSIFICATIONS.find((known) => known === found.get('SEC')?.[0]);
  return isComplete && classification !== undefined && isDownward(classification, found.get('DOWNTO')?.[0]) ? { classification, caveats: found.get('CAVEAT') ?? [] } : undefined;
}

/** True where one classification is at most another. */
export function isWithin(classification: SecurityClassification, ceiling: SecurityClassification): boolean {
  return SECURITY_CLASSIFICATIONS.indexOf(classification) <= SECURITY_CLASSIFICATIONS.indexOf(ceiling);
}

function isDownward(from: SecurityClassification, to: string | undefined): boolean {
  return to === undefined || SECURITY_CLASSIFICATIONS.findIndex((known) => known === to) < SECURITY_CLASSIFICATIONS.indexOf(from);
}
