import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { requestEvent } from '../fixtures/authorizer';
import { AuthorizerWithTable, outcomeOf, testsWithoutTable } from '../fixtures/authorizer-with-table';
import { boundToken, proof, PROVEN } from '../fixtures/dpop';

const VARIABLE = 'REPLAY_TABLE_ARN';
let authorizer: AuthorizerWithTable;

beforeAll(async () => { authorizer = await AuthorizerWithTable.of(PROVEN, VARIABLE); });
afterAll(() => authorizer.stop());
beforeEach(() => { authorizer.tables.empty(); });

function event(): APIGatewayRequestAuthorizerEvent {
  const now = Math.floor(Date.now() / 1000);
  const token = boundToken('ec', { iss: authorizer.issuer, iat: now, exp: now + 60 });
  return requestEvent({ headers: { Authorization: [`DPoP ${token}`], DPoP: [proof({ token, claims: { iat: now } })] } });
}

test('lets one of several instances accept a proof that reaches them all at once', async () => {
  const request = event();
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => authorizer.invoke(request)));
  expect(outcomes.map(outcomeOf).sort()).toEqual(['allowed', 'proof_replayed', 'proof_replayed', 'proof_replayed']);
  expect(authorizer.tables.items).toHaveLength(1);
});

testsWithoutTable(() => authorizer, event, { variable: VARIABLE, dependency: 'Replay' });
