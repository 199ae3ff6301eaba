import { canonicalName, nameFromLines } from '../../../lambda/authorizer/distinguished-name';
import { ClientCertificate } from '../../../lambda/authorizer/client-certificate';
import { JsonRefusal, parseJsonObject } from '../../../runtime/json';
import { Refusal } from '../../../runtime/refusal';
import { accessToken, CLAIMS, decide, type Scenario } from '../fixtures/authorizer';
import { certificate } from '../fixtures/certificates';
import { MILLISECONDS, mutated, processorTime, seeded } from '../fixtures/hostile-input';
import { signed } from '../fixtures/issuer';

const SEED = 20_270_115;
const inputs = (count: number, text: string): readonly string[] => {
  const random = seeded(SEED);
  return Array.from({ length: count }, () => mutated(text, random));
};

/** Every outcome is a decision, its message is one of two, and nothing of the inside is in what a caller may see. */
async function expectDecision(scenario: Scenario): Promise<void> {
  let outcome: Awaited<ReturnType<typeof decide>> | undefined;
  expect(await processorTime(async () => { outcome = await decide(scenario); })).toBeLessThan(MILLISECONDS);
  const { status, message, result, records } = outcome!;
  expect(status === 500 || records.at(-1)?.reason === 'internal_error' ? records.at(-1) : undefined).toBeUndefined();
  expect(message === undefined || message === 'Unauthorized').toBe(true);
  expect(records).toHaveLength(2);
  // The reason goes to the access log; the challenge is what the caller sees.
  const seen = String(result?.context?.challenge ?? '');
  expect(seen).toMatch(/^(Bearer error="[a-z_]+"(, scope="[\w. ]+")?)?$/);
}

test('decides on any token', async () => {
  for (const token of inputs(1200, accessToken({}, { alg: 'ES256' }))) await expectDecision({ token });
});

test('decides on any claims of a genuine token', async () => {
  for (const payload of inputs(1000, JSON.stringify(CLAIMS))) await expectDecision({ token: signed({}, { alg: 'ES256', payload }) });
});

test('decides on any Authorization header', async () => {
  for (const header of inputs(800, `Bearer ${accessToken({}, { alg: 'ES256' })}`)) await expectDecision({ headers: { Authorization: [header] } });
});

test('decides on any name of a header', async () => {
  const bearer = `Bearer ${accessToken({}, { alg: 'ES256' })}`;
  for (const name of inputs(500, 'Txn-Token')) await expectDecision({ headers: { Authorization: [bearer], [name]: ['x'] } });
});

test('decides on any certificate', async () => {
  const { pem } = await certificate();
  for (const presented of inputs(400, pem)) await expectDecision({ token: accessToken({ client_id: 'acme-system' }, { alg: 'ES256' }), certificate: presented, configuration: { mutualTls: true } });
});

test('reads any text as the object that JSON.parse reads, or refuses it', async () => {
  for (const text of inputs(3000, '{"a":[1,-2.5,true,null,"x\\u0041\\"y"],"b":{"a":{},"c":"é漢"},"d":1800000000}')) {
    const bytes = Buffer.from(text);
    let read: unknown;
    expect(await processorTime(() => { read = attempt(() => parseJsonObject(bytes)); })).toBeLessThan(MILLISECONDS);
    expect(read instanceof Error ? read instanceof JsonRefusal : read).toEqual(read instanceof Error ? true : JSON.parse(bytes.toString()));
  }
});

test('finds a duplicate wherever it is put', () => {
  const random = seeded(SEED);
  for (let round = 0; round < 300; round += 1) {
    const names = Array.from({ length: 2 + Math.floor(random() * 6) }, (_, index) => `n${index}`);
    const object = (members: readonly string[]): string => `{${members.map((name) => `"${escaped(name, random)}":{"x":[{"y":"a,:\\"b"}]}`).join()}}`;
    const again = [...names, names[Math.floor(random() * names.length)]!];
    expect(() => parseJsonObject(Buffer.from(`{"in":[${object(names)}]}`))).not.toThrow();
    expect(() => parseJsonObject(Buffer.from(`{"in":[${object(again)}]}`))).toThrow('ambiguous member');
  }
});

test('reads any name in time that grows with its length', async () => {
  const long = ['\\', ' ', ' x', '\\+', '+', ',', 'x', '\\41', 'CN=x,', '\\\\,'].map((piece) => `CN=a${piece.repeat(16_000 / piece.length)}b`);
  for (const name of [...long, ...inputs(1500, 'CN=acme+UID=7,O=Acme\\, Inc,2.5.4.97=x\\2c,C=AU')]) {
    expect(await processorTime(() => { canonicalName(name); canonicalName(nameFromLines(name)); })).toBeLessThan(MILLISECONDS);
  }
});

test('refuses any text that is no certificate', async () => {
  const { pem } = await certificate();
  const outcomes = inputs(400, pem).map((text) => attempt(() => new ClientCertificate(text)));
  expect(outcomes.every((outcome) => outcome instanceof ClientCertificate || (outcome instanceof Refusal && outcome.reason === 'certificate_mismatch'))).toBe(true);
  expect(outcomes.some((outcome) => outcome instanceof Refusal)).toBe(true);
});

function escaped(name: string, random: () => number): string {
  return [...name].map((character) => random() < 0.3 ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character).join('');
}

function attempt(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
