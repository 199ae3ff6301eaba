import { deflateSync } from 'node:zlib';
import { contentFault } from '../../../../lambda/file-release/content/content-check';
import { FILE_MEDIA_TYPES, type FileMediaType } from '../../../../lib/contract/file-uploads';
import { archive, jpeg, pdf, pdfWithObjectStream, png, pngChunk } from '../../../fixtures/files';

const csv = Buffer.from('name,amount\r\n"Smith, ""Jo""",-12.50\r\nLee,+61 2 9999 0000\r\n');
const GENUINE: Readonly<Record<FileMediaType, Buffer>> = { 'application/pdf': pdf(), 'image/png': png(), 'image/jpeg': jpeg(), 'text/csv': csv };

test.each(FILE_MEDIA_TYPES)('accepts a genuine %s', (type) => {
  expect(contentFault(type, GENUINE[type])).toBeUndefined();
});

test.each(FILE_MEDIA_TYPES.flatMap((declared) => FILE_MEDIA_TYPES.filter((other) => other !== declared).map((other) => [other, declared] as const)))('refuses %s that was declared to be %s', (other, declared) => {
  expect(contentFault(declared, GENUINE[other])).toBeDefined();
});

test.each(FILE_MEDIA_TYPES.flatMap((type) => [
  [type, 'nothing', Buffer.alloc(0)] as const,
  [type, 'a web page', Buffer.from('<!doctype html><script>alert(1)</script>')] as const,
  [type, 'a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')] as const,
  [type, 'a program', Buffer.from('MZ\x90\x00\x03\x00\x00\x00', 'latin1')] as const,
  [type, 'a script', Buffer.from('#!/bin/sh\necho x\n')] as const,
  [type, 'an archive', archive()] as const,
  [type, 'a web page behind it', Buffer.concat([GENUINE[type], Buffer.from('\u0000<html><script>alert(1)</script>')])] as const,
  [type, 'a web page before it', Buffer.concat([Buffer.from('<html>'), GENUINE[type]])] as const,
  [type, 'an archive behind it', Buffer.concat([GENUINE[type], archive()])] as const,
  [type, 'an archive behind it whose comment ends as the file does', Buffer.concat([GENUINE[type], archive('startxref\n9\n%%EOF\n')])] as const,
  [type, 'half of it', type === 'text/csv' ? Buffer.from('a,"b') : GENUINE[type].subarray(0, Math.floor(GENUINE[type].length / 2) + 1)] as const,
]))('refuses as %s: %s', (type, _, content) => {
  expect(contentFault(type, content)).toBeDefined();
});

describe('PDF', () => {
  test.each([
    ['a script', pdf('1 0 obj\n<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>\nendobj\n'), 'holds /JavaScript'],
    ['a script with a spelled name', pdf('1 0 obj\n<< /S /Java#53cript >>\nendobj\n'), 'holds /JavaScript'],
    ['a program that it starts', pdf('1 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n'), 'holds /Launch'],
    ['an attachment', pdf('1 0 obj\n<< /Type /EmbeddedFile >>\nendobj\n'), 'holds /EmbeddedFile'],
    ['encryption, which hides it from the scanner', pdf('trailer << /Encrypt 5 0 R >>\n'), 'holds /Encrypt'],
    ['a script in a compressed stream', pdfWithObjectStream('5 0 << /S /JavaScript /JS (x) >>'), 'holds /JavaScript'],
    ['an object stream under another filter', pdfWithObjectStream('5 0 << >>', '/Filter [/ASCII85Decode /FlateDecode]'), 'an object stream that cannot be read'],
    ['an object stream with a predictor', pdfWithObjectStream('5 0 << >>', '/Filter /FlateDecode /DecodeParms << /Predictor 12 >>'), 'an object stream that cannot be read'],
    ['an object stream with a spelled type', pdf('1 0 obj\n<< /Type /Obj#53tm >>\nstream\nendstream\nendobj\n'), 'an object stream that cannot be read'],
  ])('refuses %s', (_, content, fault) => {
    expect(contentFault('application/pdf', content)).toBe(fault);
  });

  test('accepts a compressed stream of harmless objects, and a form whose fields are filled in', () => {
    expect(contentFault('application/pdf', pdfWithObjectStream('5 0 << /Type /Catalog /AcroForm 6 0 R >>'))).toBeUndefined();
  });

  // What a reader of PDF takes for the stream `1 0 obj`, and a search of the file for something else.
  const script = deflateSync('5 0 << /S /JavaScript /JS (app.alert(1)) >>').toString('latin1');
  const harmless = deflateSync('5 0 << >>').toString('latin1').replace(/[\\()]/g, '\\$&');
  const hidden = (dictionary: string, data = script): Buffer => pdf(`1 0 obj\n<< ${dictionary} >>\nstream\n${data}\nendstream\nendobj\n`);
  test.each([
    ['behind harmless data in a text of its dictionary', hidden(`/N 1 /First 4 /Filter /FlateDecode /Type /ObjStm /X (stream\n${harmless})`)],
    ['behind harmless data in a comment', hidden(`/N 1 /First 4 /Filter /FlateDecode /Type /ObjStm %stream\n%`)],
    ['behind a predictor in front of what looks like another object', hidden('/DecodeParms << /Predictor 12 >> /X ( obj) /N 1 /First 4 /Filter /FlateDecode /Type /ObjStm', deflateSync(Buffer.from([1, ...Buffer.from('5 0 << /S /JavaScript >>').map((byte, at, all) => (byte - (all[at - 1] ?? 0)) & 255)])).toString('latin1'))],
    ['behind a filter that stands elsewhere', hidden('/Type /ObjStm /N 1 /First 4 /Filter 9 0 R')],
    ['without a type, which many readers do not ask for', hidden('/N 1 /First 4 /Filter /FlateDecode')],
    ['without a type, and a spelled name', hidden('/N 1 /#46irst 4 /Filter /FlateDecode')],
    ['without a type, as if the object ended inside', hidden('/N 1 /First 4 /Filter /FlateDecode endobj')],
    ['without a type, as if it ended in a text or a comment', hidden('/N 1 /First 4 /Filter /FlateDecode /X (>> endobj) %>> endobj\n')],
    ['without a type, as if another dictionary were its own', hidden('/N 1 /First 4 /Filter /FlateDecode /X << >> endobj')],
  ])('refuses a script in an object stream %s', (_, content) => {
    expect(contentFault('application/pdf', content)).toMatch(/^an object stream that cannot be read$|^holds \/JavaScript$/);
  });

  test('refuses the script of a rendition, whose action has another name', () => {
    expect(contentFault('application/pdf', pdf('1 0 obj\n<< /S /Rendition /JS (app.alert(1)) >>\nendobj\n'))).toBe('holds /JS');
    expect(contentFault('application/pdf', pdf('1 0 obj\n<< /S /Rendition /J#53 7 0 R >>\nendobj\n'))).toBe('holds /JS');
  });

  test('accepts an outline, and object streams as programs write them', () => {
    const outline = '4 0 obj\n<< /Type /Outlines /First 5 0 R /Last 6 0 R /X << /Y [(a \\) () >> stream) true] >> /Count 2 >>\nendobj\n';
    expect(contentFault('application/pdf', pdf(outline))).toBeUndefined();
    for (const dictionary of ['/Length 1 0 R/Filter[/FlateDecode]/Extends 3 0 R', '/Length 34         \n/Filter /FlateDecode\n   ', '\r\n/Filter/FlateDecode/DecodeParms null']) {
      expect(contentFault('application/pdf', pdfWithObjectStream('5 0 << >>', dictionary))).toBeUndefined();
    }
  });

  test.each([['names', '/First '], ['texts', '/First ('], ['comments', '/First %'], ['digits', '1 0 obj<</First 1'], ['spelled names', '/#']])('does not look for long through %s', (_, text) => {
    const started = performance.now();
    expect(() => contentFault('application/pdf', pdf(text.repeat(1_000_000)))).not.toThrow();
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('does not inflate more streams than a document has', () => {
    expect(contentFault('application/pdf', pdf('/ObjStm '.repeat(10_001)))).toBe('an object stream that cannot be read');
  });

  test('does not inflate a small stream to more than it has memory for', () => {
    expect(contentFault('application/pdf', pdfWithObjectStream(' '.repeat(65 * 1024 * 1024)))).toBe('an object stream that cannot be read');
  });
});

describe('PNG', () => {
  test('accepts further chunks', () => {
    expect(contentFault('image/png', png(pngChunk('tEXt', Buffer.from('Comment\0Hello'))))).toBeUndefined();
  });

  test('refuses a chunk whose checksum does not match', () => {
    const damaged = png();
    damaged[20] = damaged[20]! ^ 1;
    expect(contentFault('image/png', damaged)).toBe('a damaged chunk');
  });
});

describe('JPEG', () => {
  test('accepts further images behind the first, as cameras write them', () => {
    expect(contentFault('image/jpeg', Buffer.concat([jpeg(), Buffer.alloc(3), jpeg()]))).toBeUndefined();
  });

  test('refuses a script behind the image', () => {
    expect(contentFault('image/jpeg', Buffer.concat([jpeg(), Buffer.from('<script>')]))).toBe('something behind the image');
  });
});

describe('CSV', () => {
  test.each([
    ['a formula', 'a,=HYPERLINK("https://evil.example")\n', 'a formula'],
    ['a quoted formula', 'a,"=1+1"\n', 'a formula'],
    ['a formula that begins with a sign', 'a,-2+cmd|\' /C calc\'!A0\n', 'a formula'],
    ['a formula that begins with at', '@SUM(1),b\n', 'a formula'],
    ['a formula behind the separator of another country', 'a;=HYPERLINK("https://evil.example"),b\n', 'a formula'],
    ['a quoted formula behind it', 'a;"=1+1";b\n', 'a formula'],
    ['a formula of wide characters', 'a,\uff1d1+1\n', 'a formula'],
    ['a formula behind a tab', '"a\t@SUM(1)",b\n', 'a formula'],
    ['records of different lengths', 'a,b\nc\n', 'records of different lengths'],
    ['a quoted field without an end', 'a,"b\n', 'a quoted field that does not end'],
    ['a control character', 'a,b\u0000\n', 'control characters'],
    ['text that is turned around', 'a,gpj\u202e.exe\n', 'control characters'],
    ['an XML document', '\ufeff <?xml version="1.0"?>\n', 'begins as another type'],
  ])('refuses %s', (_, text, fault) => {
    expect(contentFault('text/csv', Buffer.from(text))).toBe(fault);
  });

  test('accepts what only looks like a formula', () => {
    expect(contentFault('text/csv', Buffer.from('a;b;-1,"x; y; +61 2 9999 0000"\na=b,c@d\n'))).toBeUndefined();
  });

  test('refuses what is not UTF-8', () => {
    expect(contentFault('text/csv', Buffer.from([0x61, 0xff, 0x0a]))).toBe('not UTF-8');
  });
});
