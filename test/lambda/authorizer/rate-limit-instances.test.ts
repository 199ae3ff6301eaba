import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { accessToken, CONFIGURATION, requestEvent } from '../fixtures/authorizer';
import { AuthorizerWithTable, outcomeOf, testsWithoutTable } from '../fixtures/authorizer-with-table';

const VARIABLE = 'RATE_TABLE_ARN';
const LIMIT = 50;
let authorizer: AuthorizerWithTable;

beforeAll(async () => {
  // A day, so that no window ends while the test runs, but at midnight.
  authorizer = await AuthorizerWithTable.of({ ...CONFIGURATION, rateLimits: { accounts: { requests: LIMIT, windowSeconds: 86_400 } } }, VARIABLE);
});
afterAll(() => authorizer.stop());
beforeEach(() => { authorizer.tables.empty(); });

function event(): APIGatewayRequestAuthorizerEvent {
  const now = Math.floor(Date.now() / 1000);
  return requestEvent({ token: accessToken({ iss: authorizer.issuer, iat: now, exp: now + 60 }) });
}

test('lets exactly as many of 200 concurrent callers of four deployed authorizers through as the limit says', async () => {
  const request = event();
  const outcomes = (await Promise.all(Array.from({ length: 4 }, () => authorizer.invokeAtOnce(request, 50)))).flat().map(outcomeOf);
  expect(outcomes.filter((outcome) => outcome === 'allowed')).toHaveLength(LIMIT);
  expect(outcomes.filter((outcome) => outcome === 'rate_limit_exceeded')).toHaveLength(200 - LIMIT);
  expect(authorizer.tables.requests).toBeLessThanOrEqual(200);
  expect(authorizer.tables.items).toHaveLength(1);
});

testsWithoutTable(() => authorizer, event, { variable: VARIABLE, dependency: 'Rate' });
