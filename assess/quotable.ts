const LONGEST = 300;
/** What a terminal, a log or a reader would not show as it is: control and format characters, line separators. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** What a report quotes of an answer: one line of bounded length, without the credentials that a target may send back. */
export function quotable(text: string, credentials: readonly (string | undefined)[] = []): string {
  const masked = credentials.reduce<string>((rest, credential) => credential === undefined || credential === '' ? rest : rest.replaceAll(credential, '(credential)'), text);
  const shown = masked.replace(UNSEEN, '?');
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
}
