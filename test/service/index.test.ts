import * as service from '../../service';

test('exports by name what a service uses', () => {
  expect(Object.keys(service).sort()).toEqual(['TrustTokenRefused', 'TrustTokenVerifier', 'lambdaTrustToken', 'nodeHttpTrustToken', 'verifyTrustToken']);
});
