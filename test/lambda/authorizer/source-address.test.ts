import { CONFIGURATION, decide } from '../fixtures/authorizer';

const CLIENT = CONFIGURATION.clients['web-app']!;
const configuration = { clients: { ...CONFIGURATION.clients, 'web-app': { ...CLIENT, sourceAddresses: ['203.0.113.0/24', '2001:db8::/32'] } } };

const verdict = async (sourceIp: string, listed = true): Promise<[number, string | undefined]> => {
  const { status, records } = await decide({ sourceIp, ...(listed && { configuration }) });
  return [status, records[1]?.reason];
};

test.each(['203.0.113.0', '203.0.113.255', '2001:db8::1', '::ffff:203.0.113.9'])('admits a client from its network, %s', async (sourceIp) => {
  expect(await verdict(sourceIp)).toEqual([200, undefined]);
});

test.each(['198.51.100.7', '203.0.114.0', '2001:db9::1', '::ffff:198.51.100.7'])('refuses its token from %s, from where it would be good without the list', async (sourceIp) => {
  expect(await verdict(sourceIp, false)).toEqual([200, undefined]);
  expect(await verdict(sourceIp)).toEqual([403, 'source_mismatch']);
});

test.each(['', 'unknown', '203.0.113', '203.0.113.1, 198.51.100.7'])("refuses a source that is no address, '%s'", async (sourceIp) => {
  expect(await verdict(sourceIp)).toEqual([403, 'source_mismatch']);
});

test('tells the caller no more than that the token is not good here', async () => {
  expect((await decide({ sourceIp: '198.51.100.7', configuration })).result?.context?.challenge).toBe('Bearer error="invalid_token"');
});
