import { canonicalName, nameFromLines } from '../../../lambda/authorizer/distinguished-name';

test.each([
  ['the case of attribute types', 'cn=acme,O=Acme', 'CN=acme,O=Acme'],
  ['names and numbers of attribute types', '2.5.4.3=acme,1.2.840.113549.1.9.1=a@b', 'CN=acme,E=a@b'],
  ['white space around the parts', 'CN = acme , O = Acme', 'CN=acme,O=Acme'],
  ['ways to escape', 'CN=a\\2Cb,O=\\C3\\A9', 'CN=a\\,b,O=é'],
  ['the order within a relative name', 'CN=acme+UID=7,O=Acme', 'UID=7+CN=acme,O=Acme'],
])('ignores %s', (_title, name, other) => {
  expect(canonicalName(name)).toBeDefined();
  expect(canonicalName(name)).toBe(canonicalName(other));
});

test.each([
  ['the case of values', 'CN=Acme', 'CN=acme'],
  ['the order of relative names', 'O=Acme,CN=acme', 'CN=acme,O=Acme'],
  ['a comma in a value and two names', 'CN=a\\,O=b', 'CN=a,O=b'],
  ['an escaped backslash before a comma', 'CN=a\\\\,O=b', 'CN=a\\\\\\,O=b'],
  ['a name and the end of it', 'O=Acme', 'CN=acme,O=Acme'],
  ['a no-break space at the end', 'CN=acme\u00a0,O=Acme', 'CN=acme,O=Acme'],
  ['an ideographic space at the start', 'CN=\u3000acme,O=Acme', 'CN=acme,O=Acme'],
])('tells apart %s', (_title, name, other) => {
  expect(canonicalName(name)).toBeDefined();
  expect(canonicalName(name)).not.toBe(canonicalName(other));
});

test.each(['', 'acme', 'CN=', '=acme', 'CN="acme"', 'CN=#0c01', 'CN=acme,', 'CN=a\\', 'CN=a\\zz'])('knows no name in %j', (text) => {
  expect(canonicalName(text)).toBeUndefined();
});

test('turns lines from the root into a name from the leaf', () => {
  expect(nameFromLines('C=AU\nO=Acme\\, Inc\nCN=acme + UID=7')).toBe('CN=acme+UID=7,O=Acme\\, Inc,C=AU');
});
