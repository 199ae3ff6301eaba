import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { BasicConstraintsExtension, Extension, KeyUsageFlags, X509CertificateGenerator, X509CrlGenerator, X509CrlReason } from '@peculiar/x509';
import { readRevocationList } from '../../../lambda/authorizer/revocation-list';
import { NOW } from '../fixtures/authorizer';
import { authority, type Authority } from '../fixtures/certificates';
import { MILLISECONDS, processorTime, seeded } from '../fixtures/hostile-input';
import { der, entry, extension, integer, pemOf, revocationList, sequence, utcTime, type ListChanges } from '../fixtures/revocation-lists';

const SERIAL = '4a01';
let acme: Authority;
let twin: Authority;
let globex: Authority;
beforeAll(async () => { [acme, twin, globex] = await Promise.all([authority(), authority(), authority('CN=Globex CA')]) as [Authority, Authority, Authority]; });

const read = (list: Buffer, authorities = [globex.pem, acme.pem]): ReturnType<typeof readRevocationList> => readRevocationList(list, authorities, NOW * 1000);

test('reads what an authority revoked, in DER and in PEM', () => {
  const list = revocationList(acme, [SERIAL, '00ff'], { number: '0100' });
  expect(read(list)).toMatchObject({ number: 256n, thisUpdate: (NOW - 60) * 1000, nextUpdate: (NOW + 86_400) * 1000, revoked: new Set([SERIAL, '00ff']) });
  expect([read(pemOf(list)), read(pemOf(list, '\r\n'))]).toEqual([read(list), read(list)]);
});

test('reads a list that revokes nothing', () => {
  expect(read(revocationList(acme)).revoked.size).toBe(0);
});

test('takes a held certificate, and any reason, for revoked', () => {
  const entries = [entry(SERIAL, extension('551d15', der(0x0a, Buffer.from([6])))), entry('4a02', extension('551d15', der(0x0a, Buffer.from([1]))))];
  expect([...read(revocationList(acme, [], { entries })).revoked]).toEqual([SERIAL, '4a02']);
});

test('reads generalized times, and extensions that are not critical', () => {
  const nextUpdate = der(0x18, Buffer.from('20520101000000Z'));
  const extensions = [extension('551d14', integer('05')), extension('551d23', sequence(der(0x80, Buffer.alloc(20))))];
  expect(read(revocationList(acme, [SERIAL], { nextUpdate, extensions })).nextUpdate).toBe(Date.UTC(2052, 0, 1));
});

const CRL_NUMBER = extension('551d14', Buffer.from('020101', 'hex'));
const REFUSED: readonly (readonly [title: string, changes: ListChanges, fault: RegExp])[] = [
  ['a delta list', { extensions: [CRL_NUMBER, extension('551d1b', integer('01'))] }, /not a complete CRL/],
  ['a delta list whose indicator is critical', { extensions: [CRL_NUMBER, extension('551d1b', integer('01'), true)] }, /critical extension/],
  ['a partition', { extensions: [CRL_NUMBER, extension('551d1c', sequence(der(0x81, Buffer.from([0xff]))), true)] }, /critical extension/],
  ['a partition that is not marked critical', { extensions: [CRL_NUMBER, extension('551d1c', sequence(der(0x81, Buffer.from([0xff]))))] }, /not a complete CRL/],
  ['an extension that nobody knows and that is critical', { extensions: [CRL_NUMBER, extension('2a0304', Buffer.from([5, 0]), true)] }, /critical extension/],
  ['an extension twice', { extensions: [CRL_NUMBER, CRL_NUMBER] }, /extension twice/],
  ['no CRL number', { extensions: [] }, /no CRL number/],
  ['a negative CRL number', { number: 'ff' }, /negative/],
  ['an entry of another issuer', { entries: [entry(SERIAL, extension('551d1d', sequence()))] }, /another issuer/],
  ['an entry with a critical extension', { entries: [entry(SERIAL, extension('2a0304', Buffer.from([5, 0]), true))] }, /critical extension/],
  ['a serial number that is not in its shortest form', { entries: [entry(`00${SERIAL}`)] }, /shortest form/],
  ['a serial number of no octets', { entries: [entry('')] }, /shortest form/],
  ['version 1', { version: integer('00') }, /version 2/],
  ['version 3', { version: integer('02') }, /version 2/],
  ['no version', { version: Buffer.alloc(0) }, /of another type/],
  ['no next update', { nextUpdate: undefined }, /until when/],
  ['a next update that has passed', { nextUpdate: utcTime(NOW - 1) }, /was good until/],
  ['a list of tomorrow', { thisUpdate: utcTime(NOW + 3600) }, /later time/],
  ['a time with fractions', { nextUpdate: der(0x18, Buffer.from('20520101000000.5Z')) }, /not written as/],
  ['a time in another zone', { nextUpdate: der(0x17, Buffer.from('520101000000+0100')) }, /not written as/],
  ['the 30th of February', { nextUpdate: der(0x17, Buffer.from('400230000000Z')) }, /no time/],
  ['two signature algorithms', { outerAlgorithm: sequence(der(0x06, Buffer.from('2a8648ce3d040303', 'hex'))) }, /two signature algorithms/],
  ['a signature with SHA-1', { algorithm: sequence(der(0x06, Buffer.from('2a8648ce3d0401', 'hex'))), hash: 'sha1' }, /not accepted/],
  ['a signature of an RSA key that is none', { algorithm: sequence(der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05)) }, /not of the authority/],
  ['more behind the last field', { trailing: integer('01') }, /more than there should be/],
];

test.each(REFUSED)('refuses %s', (_, changes, fault) => {
  expect(() => read(revocationList(acme, [SERIAL], changes))).toThrow(fault);
});

test('refuses a list that another authority of the same name signed', () => {
  expect(() => read(revocationList(twin, [SERIAL]))).toThrow('its signature is not of the authority that it names');
  expect(read(revocationList(twin, [SERIAL]), [acme.pem, twin.pem]).issuer).not.toBe(read(revocationList(acme)).issuer);
});

test("refuses another partner's list", () => {
  expect(() => read(revocationList(globex, [SERIAL]), [acme.pem])).toThrow('it is of another authority');
});

test('refuses a list whose entries were changed', () => {
  const list = revocationList(acme, [SERIAL]);
  const forged = Buffer.from(list.toString('hex').replace(SERIAL, '4a02'), 'hex');
  expect(() => read(forged)).toThrow('its signature is not of the authority that it names');
});

test('refuses an authority whose key may not sign lists', async () => {
  const [signer, issuer] = await Promise.all([authority('CN=Both', { usage: KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign }), authority('CN=Issuer', { usage: KeyUsageFlags.keyCertSign })]);
  expect(read(revocationList(signer, [SERIAL]), [signer.pem]).revoked.size).toBe(1);
  expect(() => read(revocationList(issuer, [SERIAL]), [issuer.pem])).toThrow('may not sign CRLs');
});

test.each<readonly [string, (list: Buffer) => Buffer]>([
  ['nothing', () => Buffer.alloc(0)],
  ['an indefinite length', (list) => Buffer.concat([Buffer.from([0x30, 0x80]), list.subarray(4), Buffer.from([0, 0])])],
  ['a length of five octets', (list) => Buffer.concat([Buffer.from([0x30, 0x85, 0, 0, 0]), list.subarray(2)])],
  ['a length beyond all memory', (list) => Buffer.concat([Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), list.subarray(4)])],
  ['a longer spelling of the length', (list) => Buffer.concat([Buffer.from([0x30, 0x83, 0]), list.subarray(2)])],
  ['a length without its octets', () => Buffer.from([0x30, 0x82])],
  ['a tag alone', () => Buffer.from([0x30])],
  ['a tag of several octets', (list) => Buffer.concat([Buffer.from([0x3f, 0x81]), list.subarray(1)])],
  ['more behind the list', (list) => Buffer.concat([list, Buffer.from([0])])],
  ['two lists in PEM', (list) => Buffer.concat([pemOf(list), pemOf(list)])],
  ['PEM with text around it', (list) => Buffer.concat([Buffer.from('-----BEGIN NOTE-----\n'), pemOf(list)])],
  ['PEM that is not base64', (list) => Buffer.from(pemOf(list).toString().replace(/\n./, '\n='))],
  ['an HTML page', () => Buffer.from('<!doctype html><title>Maintenance</title>')],
])('refuses %s', (_, change) => {
  const list = revocationList(acme, Array.from({ length: 9 }, (_unused, index) => `4a0${index}`));
  expect(list[1]).toBe(0x82);
  expect(() => read(change(list))).toThrow();
});

test('refuses a list that is cut anywhere', () => {
  const list = revocationList(acme, [SERIAL]);
  for (let length = 0; length < list.length; length += 1) expect(() => read(list.subarray(0, length))).toThrow();
});

// Every octet of a list is signed, is the signature, or is a header that has one spelling: no change may leave another list that is read.
test('reads no list of which one bit is changed', () => {
  const list = revocationList(acme, [SERIAL]);
  for (let bit = 0; bit < list.length * 8; bit += 1) {
    const changed = Buffer.from(list);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => read(changed)).toThrow();
  }
});

test('decides on any octets at once', async () => {
  const random = seeded(20_280_101);
  const list = revocationList(acme, Array.from({ length: 200 }, (_, index) => `4a${index.toString(16).padStart(4, '0')}`));
  for (let round = 0; round < 1500; round += 1) {
    const changed = Buffer.from(list);
    for (let changes = 1 + Math.floor(random() * 4); changes > 0; changes -= 1) changed[Math.floor(random() * (round % 2 === 0 ? 60 : changed.length))] = Math.floor(random() * 256);
    expect(await processorTime(() => { try { read(changed); } catch (error) { if (!(error instanceof Error) || error instanceof RangeError || error instanceof TypeError) throw error; } })).toBeLessThan(MILLISECONDS);
  }
});

test('reads as many entries as a list may have octets for', async () => {
  const serials = Array.from({ length: 25_000 }, (_, index) => `4a${index.toString(16).padStart(30, '0')}`);
  const list = revocationList(acme, serials);
  expect(list.length).toBeGreaterThan(800 * 1024);
  expect(read(list).revoked.size).toBe(25_000);
  expect(await processorTime(() => { read(list); })).toBeLessThan(1000);
});

// A peer that was not written here makes the list, with RSA.
test('reads the list that another library makes', async () => {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as webcrypto.CryptoKeyPair;
  const times = { notBefore: new Date('2020-01-01'), notAfter: new Date('2099-01-01') };
  const peer = await X509CertificateGenerator.createSelfSigned({ name: 'CN=Peer CA, O=Peer', keys, signingAlgorithm: algorithm, ...times, extensions: [new BasicConstraintsExtension(true, undefined, true)] });
  const list = await X509CrlGenerator.create({
    issuer: peer.subjectName, thisUpdate: new Date((NOW - 60) * 1000), nextUpdate: new Date((NOW + 60) * 1000), signingAlgorithm: algorithm, signingKey: keys.privateKey,
    entries: [{ serialNumber: 'c0ffee', revocationDate: new Date((NOW - 100) * 1000), reason: X509CrlReason.keyCompromise }],
    extensions: [new Extension('2.5.29.20', false, Buffer.from('02012a', 'hex'))],
  });
  expect(read(Buffer.from(list.rawData), [peer.toString('pem')])).toMatchObject({ number: 42n, revoked: new Set(['00c0ffee']) });
});
