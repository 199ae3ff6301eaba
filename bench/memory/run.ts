import { authorize } from '../../lambda/authorizer/authorize';
import { accessToken, CLAIMS, requestEvent } from '../../test/lambda/fixtures/authorizer';
import { dependencies } from '../token/pattern';

/** Distinct tokens, some of them unlike any before in header, key id and client: what a cache could grow by. */
const INVOCATIONS = 200_000;
const SAMPLES = 10;

const now = Math.floor(Date.now() / 1000);
const claims = { ...CLAIMS, iat: now - 10, exp: now + 280 };
// One signature a batch: what differs is made of it, as an attacker would, and refused.
const genuine = accessToken(claims, { alg: 'ES256' });
const [, payload = '', signature = ''] = genuine.split('.');

function distinctToken(index: number): string {
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  switch (index % 4) {
    case 0: return accessToken({ ...claims, jti: `token-${index}`, sub: `user-${index}` }, { alg: 'ES256' });
    case 1: return `${encoded({ typ: 'at+jwt', alg: 'ES256', kid: `key-${index}` })}.${payload}.${signature}`;
    case 2: return `${encoded({ typ: 'at+jwt', alg: 'ES256', kid: 'ec', other: index })}.${payload}.${signature}`;
    default: return `${encoded({ typ: `type-${index}`, alg: 'ES256', kid: 'ec' })}.${payload}.${signature}`;
  }
}

async function main(): Promise<void> {
  const heap: number[] = [];
  for (let index = 1; index <= INVOCATIONS; index += 1) {
    await authorize(requestEvent({ token: distinctToken(index) }), dependencies).catch(() => undefined);
    if (index % (INVOCATIONS / SAMPLES) === 0) {
      (globalThis as { gc?: () => void }).gc?.();
      heap.push(process.memoryUsage().heapUsed + process.memoryUsage().external);
    }
  }
  process.stdout.write(JSON.stringify(heap));
}
void main();
