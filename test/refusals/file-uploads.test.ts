import { Duration, Size } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { FileType, FileUploads, FileUploadsProps } from '../../lib';
import { refusalOf } from '../fixtures/refusal';
import { TestStack } from '../fixtures/test-stack';

function refusal(props: Partial<FileUploadsProps>): string {
  const stack = new TestStack();
  const environment = { vpc: stack.network().vpc, key: stack.key, trustDomain: 'bank.example', trustIssuer: 'https://internal.bank.example', servesKeysInside: true };
  const alarmTopic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:ap-southeast-2:222222222222:alarms');
  return refusalOf(() => new FileUploads(stack, 'Files', { environment, service: 'documents', types: [FileType.PDF], alarmTopic, ...props }));
}

test.each([[Size.bytes(0), 0], [Size.mebibytes(51), 53477376], [Size.kibibytes(0.0001), 0.1024]])('refuses a file of %s', (size, bytes) => {
  expect(refusalOf(() => FileType.PDF.upTo(size))).toBe(`FILE_SIZE: an uploaded file is 1 byte to 50 MiB, in whole bytes, got ${bytes} bytes for application/pdf; write FileType.PDF.upTo(Size.mebibytes(10))`);
});

test('refuses uploads of nothing, and a type twice', () => {
  expect(refusal({ types: [] })).toBe('FILE_TYPES: file uploads allow at least one type, and each type once, got types: []; write types: [FileType.PDF, FileType.PNG]');
  expect(refusal({ types: [FileType.PDF, FileType.PDF.upTo(Size.bytes(5))] })).toBe('FILE_TYPES: file uploads allow at least one type, and each type once, got application/pdf twice; write the larger one');
});

test.each(['*', 'http://www.bank.example', 'https://*.bank.example', 'https://www.bank.example/', 'null'])('refuses the browser origin %s', (origin) => {
  expect(refusal({ browserOrigins: [origin] })).toBe(`FILE_ORIGIN: a browser uploads from an https origin without a path or a wildcard, got '${origin}'; write browserOrigins: ['https://www.bank.example']`);
});

test.each([[Duration.hours(1), '1 hour'], [Duration.days(0), '0 days']])('refuses to keep files for %s', (retention, words) => {
  const message = `FILE_RETENTION: a file is kept for at least 1 day, in whole days, got ${words}; write Duration.days(30)`;
  expect([refusal({ retention }), refusal({ quarantineRetention: retention })]).toEqual([message, message]);
});

test('refuses a service that cannot be declared', () => {
  expect(refusal({ service: 'Documents!' })).toContain('NAME: ');
});
