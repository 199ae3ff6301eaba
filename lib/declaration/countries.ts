import { demand } from '../private/refusal';

/** Most countries that one statement of a web ACL names. */
const MOST = 50;

/** Which countries requests may come from, by the address they come from: a hint against noise, no protection against who wants in. */
export class Countries {
  /** Only these countries, two-letter codes (ISO 3166-1): every other one is refused, as is an address of no known country. */
  public static only(...codes: string[]): Countries {
    return new Countries(true, codes);
  }

  /** Every country but these, two-letter codes (ISO 3166-1). */
  public static except(...codes: string[]): Countries {
    return new Countries(false, codes);
  }

  private constructor(
    /** True where the named countries are the ones let in; false where they are the ones kept out. */
    public readonly areLetIn: boolean,
    /** The named countries. */
    public readonly codes: string[],
  ) {
    demand('COUNTRIES', codes.length >= 1 && codes.length <= MOST, () => `${codes.length} codes`);
    for (const code of codes) demand('COUNTRIES', /^[A-Z]{2}$/.test(code), () => `'${code}'`);
  }
}
