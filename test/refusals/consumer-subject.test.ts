import { Consumer } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const message = (got: string): string => 'CONSUMER_SUBJECT: only a system or a trusted application has a subject of its own, 1 to 512 characters, '
  + `got ${got}; write Consumer.system('batch', { subject: 'service-account-batch' }), or no subject`;

test('refuses a subject for a consumer whose tokens stand for its users', () => {
  for (const type of ['browser', 'native', 'application'] as const) expect(refusalOf(() => Consumer[type]('web', { subject: 'user-1' }))).toBe(message(`'user-1' for ${type} 'web'`));
});

test.each(['', 'x'.repeat(513)])('refuses a subject that no token can carry: %j', (subject) => {
  expect(refusalOf(() => Consumer.system('batch', { subject }))).toBe(message(`'${subject}' for system 'batch'`));
});

test('accepts one for clients without a user', () => {
  for (const type of ['system', 'trustedApplication'] as const) expect(Consumer[type]('batch', { subject: 'service-account-batch' }).subject).toBe('service-account-batch');
});
