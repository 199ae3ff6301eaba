import { accessToken, claimsOf, CONFIGURATION, decide, type Scenario } from '../fixtures/authorizer';

const MARKED = 'VER=2018.6, NS=gov.au, SEC=PROTECTED';
const operations = (marking: object): Scenario['configuration'] => ({
  operations: Object.fromEntries(Object.entries(CONFIGURATION.operations).map(([key, operation]) => [key, { ...operation, marking: { ceiling: 'PROTECTED', ...marking } as never }])),
});

function marked(...values: string[]): Scenario {
  return { headers: { Authorization: [`Bearer ${accessToken()}`], 'X-Protective-Marking': values }, configuration: operations({ required: true }) };
}

test('says in the trust token what the request and the API are classified as', async () => {
  const { result, records } = await decide(marked('VER=2018.6, NS=gov.au, SEC=OFFICIAL'));
  expect(claimsOf(result?.context?.trustToken).tctx).toMatchObject({ marking: 'OFFICIAL', classification: 'PROTECTED' });
  expect(records.at(-1)).toMatchObject({ outcome: 'allowed', marking: 'OFFICIAL' });
});

test.each<[string, string[], string]>([
  ['a marking above the API', ['VER=2018.6, NS=gov.au, SEC=SECRET'], 'marking_exceeded'],
  ['two markings, of which one is lower', ['VER=2018.6, NS=gov.au, SEC=SECRET', MARKED], 'marking_invalid'],
  ['two markings in one header', [`${MARKED}, ${MARKED}`], 'marking_invalid'],
  ['an empty marking', [''], 'marking_invalid'],
  ['a marking of no standard', ['PROTECTED'], 'marking_invalid'],
])('refuses %s', async (_name, values, reason) => {
  expect((await decide(marked(MARKED))).status).toBe(200);
  const { status, records, result } = await decide(marked(...values));
  expect({ status, reason: records.at(-1)?.reason, challenge: result?.context?.challenge }).toEqual({ status: 403, reason, challenge: 'Bearer error="invalid_request"' });
});

test('refuses a second marking under another spelling of the name', async () => {
  const { headers, ...scenario } = marked(MARKED);
  expect((await decide({ ...scenario, headers: { ...headers, x_protective_marking: ['VER=2018.6, NS=gov.au, SEC=UNOFFICIAL'] } })).status).toBe(403);
});

test('holds a marking to the classification also where none is asked for, and marks no answers there', async () => {
  const scenario = { ...marked(MARKED), configuration: operations({}) };
  expect(claimsOf((await decide(scenario)).result?.context?.trustToken).tctx).not.toHaveProperty('classification');
  expect((await decide({ ...marked('VER=2018.6, NS=gov.au, SEC=SECRET'), configuration: operations({}) })).status).toBe(403);
});

test('leaves a missing marking to the validator of the gateway, which answers 400', async () => {
  expect((await decide({ configuration: operations({ required: true }) })).status).toBe(200);
});

test('records the classification and nothing else of a marking', async () => {
  const { lines } = await decide(marked(`${MARKED}, CAVEAT=C:MOONSHINE, NOTE=about the source, ORIGIN=neville.jones@entity.gov.au`));
  const refused = await decide(marked('VER=2018.6, NS=gov.au, SEC=SECRET, NOTE=about the source, ORIGIN=neville.jones@entity.gov.au'));
  const text = [...lines, ...refused.lines, JSON.stringify(refused.result)].join('\n');
  expect(text).toContain('"marking":"PROTECTED"');
  expect(text).not.toMatch(/MOONSHINE|the source|neville|about/);
});
