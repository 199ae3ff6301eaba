import * as service from '../../service';

test('exports by name what a service uses', () => {
  expect(Object.keys(service).sort()).toEqual(['DynamoDbReplayStore', 'JsonThreatProtection', 'JsonThreatRefused', 'TrustTokenRefused', 'TrustTokenVerifier', 'lambdaTrustToken', 'nodeHttpTrustToken', 'verifyTrustToken']);
});
