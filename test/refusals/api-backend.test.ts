import { Fn, Lazy } from 'aws-cdk-lib';
import { Backend } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const message = (got: string, write: string): string => `API_BACKEND: a backend is a Lambda function by its literal name, or an HTTPS URL without user info, query or fragment in which {domainName} is the only placeholder, got ${got}; write ${write}`;

test.each([
  'http://accounts.bank.example', 'accounts.bank.example', 'https://accounts.bank.example?x=1', 'https://accounts.bank.example/v1#x', 'https://user@accounts.bank.example', 'https://user:secret@accounts.bank.example', 'https://',
  'https://accounts.{domain}', 'https://accounts.{domainname}', 'https://accounts.{domainName', 'https://accounts.{domainName}/{stage}', 'https://accounts.bank.example/a b',
])('refuses the backend %s', (url) => {
  expect(refusalOf(() => Backend.https(url))).toBe(message(`'${url}'`, "Backend.https('https://accounts.{domainName}/path')"));
});

test.each(['', 'bank rates', 'bank.rates', 'bank-rates:live', 'arn:aws:lambda:ap-southeast-2:222222222222:function:bank-rates', 'r'.repeat(65)])("refuses the function name '%s'", (name) => {
  expect(refusalOf(() => Backend.lambda(name))).toBe(message(`'${name}'`, "1 to 64 letters, digits, hyphens and underscores: Backend.lambda('bank-rates')"));
});

test('refuses a function name and a URL that only deployment knows', () => {
  expect(refusalOf(() => Backend.lambda(Fn.ref('Rates')))).toBe(message('a function name that only deployment knows', "the literal name that the function is given as well: Backend.lambda('bank-rates')"));
  expect(refusalOf(() => Backend.https(`https://${Lazy.string({ produce: () => 'host' })}`))).toBe(message('a URL that only deployment knows', "a literal host name that leads to it: Backend.https('https://accounts.{domainName}')"));
});

test.each(['https://accounts.bank.example', 'https://accounts.{domainName}:8443/v1/', 'https://api.bank.example/{domainName}/v1'])('accepts the backend %s', (url) => {
  expect(Backend.https(url).url).toBe(url.replace(/\/$/, ''));
});

test.each(['bank-rates', 'Bank_Rates2', 'r'.repeat(64)])("accepts the function name '%s'", (name) => {
  expect(Backend.lambda(name).functionName).toBe(name);
});
