import type { UploadCase } from './upload-case';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n', 'latin1');
/** The test string of the European Institute for Computer Antivirus Research, in two halves, so that no scanner takes this file for it. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const INFECTED = Buffer.from(PDF.toString('latin1').replace('<< /Size 3', `% ${EICAR}\n<< /Size 3`), 'latin1');
const ACTIVE = Buffer.from(PDF.toString('latin1').replace('/Pages 2 0 R', '/Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >>'), 'latin1');
const DOCUMENT = { type: 'application/pdf', content: PDF } as const;

/** Every upload of the demonstration. */
export const UPLOAD_CASES: readonly UploadCase[] = [
  { ...DOCUMENT, title: 'a document', expected: 'released' },
  { ...DOCUMENT, title: 'a document with malware', content: INFECTED, expected: 'quarantined' },
  { ...DOCUMENT, title: 'a web page as a document', content: Buffer.from('<script>alert(1)</script>'), expected: 'quarantined' },
  { ...DOCUMENT, title: 'a document with a script', content: ACTIVE, expected: 'quarantined' },
  { ...DOCUMENT, title: 'an archive behind a document', content: Buffer.concat([PDF, Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]), expected: 'quarantined' },
  { ...DOCUMENT, title: 'a type not allowed', type: 'application/zip', expected: 'form 415' },
  { ...DOCUMENT, title: 'a size not allowed', size: 11 * 1024 * 1024, expected: 'form 413' },
  { ...DOCUMENT, title: 'more than the form is for', size: 20, expected: 'bucket 400' },
  { ...DOCUMENT, title: "another customer's key", fields: { key: `documents/${'A'.repeat(43)}/11111111-1111-1111-1111-111111111111` }, expected: 'bucket 403' },
  { ...DOCUMENT, title: "a tag like the scanner's", fields: { tagging: '<Tagging/>' }, expected: 'bucket 403' },
];
