import { printable } from '../../../lambda/authorizer/printable';

test('replaces what a log or a terminal would act on', () => {
  expect(printable('a\nb\r\u0000\u001b[0m\u0085\u2028\u202e\ud800é漢')).toBe('a?b???[0m????é漢');
});

test('cuts at 256 characters', () => {
  expect(printable('x'.repeat(300))).toHaveLength(256);
});
