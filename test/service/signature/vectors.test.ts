import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { isDigestOf } from '../../../service/signature/content-digest';
import { verificationKey } from '../../../service/signature/verification-key';
import { signatureBase, type SignedRequest } from '../../../service/signature/signature-base';
import { sentSignature } from '../../../service/signature/signature-fields';

const jwk = (spki: string): JsonWebKey => createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' }).export({ format: 'jwk' });

/** Keys of RFC 9421 appendix B.1. */
const RSA_PSS = jwk('MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHqgDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5WUtzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI2wIDAQAB');
const ECC_P256 = jwk('MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==');
const ED25519 = jwk('MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=');

const BODY = Buffer.from('{"hello": "world"}');
const DIGEST = 'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:';
const CERTIFICATE = ':MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAMMEkxBIEludGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:';

/** `test-request` of appendix B.2, and what the proxy of B.3 makes of it. */
const REQUEST: SignedRequest = {
  method: 'POST', authority: 'example.com', path: '/foo', query: '?param=Value&Pet=dog', queryParameters: new Map([['param', ['Value']], ['Pet', ['dog']]]), body: BODY,
  fields: new Map([['date', ['Tue, 20 Apr 2021 02:07:55 GMT']], ['content-type', ['application/json']], ['content-digest', [DIGEST]], ['content-length', ['18']]]),
};
const PROXIED: SignedRequest = { ...REQUEST, authority: 'service.internal.example', fields: new Map([['client-cert', [CERTIFICATE]]]) };

const VECTORS: [string, SignedRequest, JsonWebKey, string, string, string][] = [
  ['B.2.1', REQUEST, RSA_PSS, 'rsa-pss-sha512', 'sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"', 'd2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q=='],
  ['B.2.2', REQUEST, RSA_PSS, 'rsa-pss-sha512', 'sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example"', 'LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw=='],
  ['B.2.3', REQUEST, RSA_PSS, 'rsa-pss-sha512', 'sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"', 'bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA=='],
  ['B.2.6', REQUEST, ED25519, 'ed25519', 'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"', 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=='],
  ['B.3', PROXIED, ECC_P256, 'ecdsa-p256-sha256', 'ttrp=("@path" "@query" "@method" "@authority" "client-cert");created=1618884473;keyid="test-key-ecc-p256"', 'xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6Mce9315T6xoklyy0yzhD9ah4JHRwMLOgmizw=='],
];

test.each(VECTORS)('verifies the signature of RFC 9421 appendix %s, and of no other request', (_section, request, key, algorithm, input, encoded) => {
  const sent = sentSignature([input], [`${input.split('=')[0]}=:${encoded}:`])!;
  const imported = verificationKey(key);
  expect(imported.algorithm).toBe(algorithm);
  expect(imported.verifies(signatureBase(sent, request)!, sent.signature)).toBe(true);
  expect(imported.verifies(signatureBase({ ...sent, signatureParams: sent.signatureParams.replace('1618884473', '1618884474') }, request)!, sent.signature)).toBe(false);
});

test.each([
  ['sha-512', DIGEST, BODY],
  ['sha-256, of RFC 9530 appendix B.1', 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:', Buffer.from('{"hello": "world"}\n')],
  ['both', 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:, sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:', BODY],
])('takes a body for the one of its %s digest', (_name, field, body) => {
  expect(isDigestOf(field, body)).toBe(true);
  expect(isDigestOf(field, Buffer.concat([body, Buffer.from(' ')]))).toBe(false);
});

test.each([
  [''], ['sha-256'], ['sha-256=::'], ['md5=:Sd/dVLAcvNLSq16eXua5uQ==:'], [`${DIGEST}, ${DIGEST}`], [`${DIGEST}, md5=:Sd/dVLAcvNLSq16eXua5uQ==:`],
  [`sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:, ${DIGEST}`], [DIGEST.replace('sha-512', 'SHA-512')], [DIGEST.replace('sha-512', 'sha-256')],
])('takes %j for no digest of the body', (field) => {
  expect(isDigestOf(DIGEST, BODY)).toBe(true);
  expect(isDigestOf(field, BODY)).toBe(false);
});
