import { ATTACKS } from '../fixtures/attacks';
import { decide } from '../fixtures/authorizer';

test.each(ATTACKS)('refuses $title', async ({ reason, status, flawed, sound }) => {
  expect((await decide(sound)).status).toBe(200);
  const { status: answered, records, result } = await decide(flawed);
  expect({ answered, reason: records.at(-1)?.reason }).toEqual({ answered: status, reason });
  expect(result?.context?.trustToken).toBeUndefined();
});
