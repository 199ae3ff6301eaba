import { Exposure } from '../../lib';
import { apiService } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test('refuses an exposure that was not approved', () => {
  expect(refusalOf(() => apiService({ approvedExposure: [Exposure.INTERNAL], exposure: [Exposure.INTERNAL, Exposure.PUBLIC] }))).toBe(
    "EXPOSURE_NOT_APPROVED: an API is exposed only where its exposure was approved, got 'public' for 'accounts', approved for internal; write approvedExposure with that domain once it is approved, or leave the domain out of exposure",
  );
});

test.each([undefined, [], [Exposure.INTERNAL]])('refuses a service that nobody approved anywhere (exposure %j)', (exposure) => {
  expect(refusalOf(() => apiService({ approvedExposure: [], exposure }))).toBe(
    "EXPOSURE_NOT_APPROVED: an API is exposed only where its exposure was approved, got approvedExposure: [] for 'accounts'; write approvedExposure: [Exposure.INTERNAL] once it is approved",
  );
});

test('accepts less exposure than was approved, and all of it by default', () => {
  expect(apiService({ approvedExposure: [Exposure.INTERNAL, Exposure.PUBLIC], exposure: [Exposure.INTERNAL] }).exposure).toEqual(['internal']);
  expect(apiService({ approvedExposure: [Exposure.INTERNAL, Exposure.PUBLIC] }).exposure).toEqual(['internal', 'public']);
});
