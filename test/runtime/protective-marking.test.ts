import { SECURITY_CLASSIFICATIONS } from '../../lib/contract/protective-marking';
import { isWithin, parseProtectiveMarking } from '../../runtime/protective-marking';

const PLAIN = 'VER=2018.6, NS=gov.au, SEC=PROTECTED';

test.each(SECURITY_CLASSIFICATIONS)('reads SEC=%s', (classification) => {
  expect(parseProtectiveMarking(`VER=2018.1, NS=gov.au, SEC=${classification}`)).toEqual({ classification, caveats: [] });
});

test('reads every key of the standard in its order', () => {
  const full = `${PLAIN}, CAVEAT=SH:CABINET, CAVEAT=RI:REL AUS/NZL, EXPIRES=2027-07-01, DOWNTO=OFFICIAL, ACCESS=Personal-Privacy, ACCESS=Legal-Privilege, NOTE=a \\, b = c\\\\, ORIGIN=neville.jones@entity.gov.au`;
  expect(parseProtectiveMarking(full)).toEqual({ classification: 'PROTECTED', caveats: ['SH:CABINET', 'RI:REL AUS/NZL'] });
});

test.each([
  ['a higher classification hidden in a note', `${PLAIN}, NOTE=x\\, SEC=UNOFFICIAL`, 'PROTECTED'],
  ['an event to expire at', `${PLAIN}, EXPIRES=The budget is published, DOWNTO=OFFICIAL`, 'PROTECTED'],
])('takes %s for what it is', (_name, text, classification) => {
  expect(parseProtectiveMarking(text)?.classification).toBe(classification);
});

test.each([
  ['nothing', ''],
  ['a classification alone', 'PROTECTED'],
  ['no version', 'NS=gov.au, SEC=PROTECTED'],
  ['no namespace', 'VER=2018.6, SEC=PROTECTED'],
  ['no classification', 'VER=2018.6, NS=gov.au'],
  ['another order', 'NS=gov.au, VER=2018.6, SEC=PROTECTED'],
  ['a classification in front', 'SEC=UNOFFICIAL, VER=2018.6, NS=gov.au'],
  ['two classifications', `${PLAIN}, SEC=UNOFFICIAL`],
  ['two classifications that agree', `${PLAIN}, SEC=PROTECTED`],
  ['two versions', `VER=2018.6, ${PLAIN}`],
  ['two notes', `${PLAIN}, NOTE=a, NOTE=b`],
  ['two origins', `${PLAIN}, ORIGIN=a@b.au, ORIGIN=a@b.au`],
  ['a key in lower case', 'ver=2018.6, NS=gov.au, SEC=PROTECTED'],
  ['a classification in lower case', 'VER=2018.6, NS=gov.au, SEC=protected'],
  ['a classification of another spelling', 'VER=2018.6, NS=gov.au, SEC=OFFICIAL: Sensitive'],
  ['a classification that was withdrawn', 'VER=2018.6, NS=gov.au, SEC=CONFIDENTIAL'],
  ['a classification with more behind it', `${PLAIN} `],
  ['a letter that looks like another', 'VER=2018.6, NS=gov.au, SEC=P\u0280OTECTED'],
  ['a full-width letter', 'VER=2018.6, NS=gov.au, SEC=\uff33ECRET'],
  ['a letter that folds to another', 'VER=2018.6, NS=gov.au, \u017fEC=SECRET'],
  ['another namespace', 'VER=2018.6, NS=gov.nz, SEC=PROTECTED'],
  ['a version of words', 'VER=latest, NS=gov.au, SEC=PROTECTED'],
  ['no space', 'VER=2018.6,NS=gov.au,SEC=PROTECTED'],
  ['a line end', 'VER=2018.6,\n NS=gov.au, SEC=PROTECTED'],
  ['a tab', 'VER=2018.6,\tNS=gov.au, SEC=PROTECTED'],
  ['a key of nobody', `${PLAIN}, TLP=RED`],
  ['a name of every object', `${PLAIN}, constructor=x`],
  ['an escape of nothing', `${PLAIN}, NOTE=a\\b`],
  ['an escape at the end', `${PLAIN}, NOTE=a\\`],
  ['an escaped separator before the classification', 'VER=2018.6, NS=gov.au\\, SEC=PROTECTED'],
  ['a control character', `${PLAIN}, NOTE=a\u0000b`],
  ['a letter outside ASCII', `${PLAIN}, NOTE=\u00e9`],
  ['a note that is too long', `${PLAIN}, NOTE=${'x'.repeat(129)}`],
  ['more caveats than anybody has', `${PLAIN}${', CAVEAT=C:X'.repeat(17)}`],
  ['a marking that is too long', `${PLAIN}, NOTE=${'x'.repeat(2_000_000)}`],
  ['an end without what comes after it', `${PLAIN}, EXPIRES=2027-07-01`],
  ['what comes after without an end', `${PLAIN}, DOWNTO=OFFICIAL`],
  ['an end that raises', `${PLAIN}, EXPIRES=2027-07-01, DOWNTO=SECRET`],
  ['a caveat of no kind', `${PLAIN}, CAVEAT=CABINET`],
  ['an origin that is none', `${PLAIN}, ORIGIN=somebody`],
])('refuses %s', (_name, text) => {
  expect(parseProtectiveMarking(PLAIN)).toBeDefined();
  expect(parseProtectiveMarking(text)).toBeUndefined();
});

test('holds classifications against each other by their order', () => {
  expect(SECURITY_CLASSIFICATIONS.map((classification) => isWithin(classification, 'PROTECTED'))).toEqual([true, true, true, true, false, false]);
});
