import { randomInt } from 'node:crypto';

/** Settings of a random password, as Secrets Manager names them; 32 characters of all kinds where nothing is said. */
export interface RandomPasswordSettings {
  readonly PasswordLength?: number;
  readonly ExcludeCharacters?: string;
  readonly ExcludeLowercase?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly IncludeSpace?: boolean;
}

const KINDS = [
  ['ExcludeLowercase', 'abcdefghijklmnopqrstuvwxyz'],
  ['ExcludeUppercase', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['ExcludeNumbers', '0123456789'],
  ['ExcludePunctuation', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
] as const;

/** A random password. */
export function randomPassword(settings: RandomPasswordSettings): string {
  const excluded = new Set(settings.ExcludeCharacters ?? '');
  const alphabet = [...KINDS.filter(([exclude]) => settings[exclude] !== true).map(([, characters]) => characters).join('') + (settings.IncludeSpace === true ? ' ' : '')]
    .filter((character) => !excluded.has(character));
  return Array.from({ length: Number(settings.PasswordLength ?? 32) }, () => alphabet[randomInt(alphabet.length)]!).join('');
}
