import { Size } from 'aws-cdk-lib';
import { ApiGroup, ApiService, Backend, BodyLimit, Classification, Cors, Exposure, HttpMethod, Operation, ParameterLocation, Rate, RateLimit, Scopes, ServicePlan, ThreatProtection } from 'cdk-api-security';

const AMOUNT = { type: 'string', pattern: '^[0-9]{1,12}(\\.[0-9]{1,2})?$' };

/** What everybody may know, and callers still have to identify themselves for. */
export const referenceData = new ApiGroup('reference-data', {
  plan: ServicePlan.of({
    rate: Rate.perSecond(1000),
    requestsPerAddress: 3000,
    consumerLimit: RateLimit.perMinute(20_000, { admitUncountedBecause: 'Rates are no secret: the head of Treasury prefers too many answers to none while nothing can be counted.' }),
  }),
  threatProtection: ThreatProtection.of({ depth: 4, objectMembers: 20 }),
  services: [
    new ApiService('rates', {
      owner: 'Treasury',
      classification: Classification.OFFICIAL,
      approvedExposure: [Exposure.PUBLIC, Exposure.PARTNER, Exposure.INTERNAL],
      backend: Backend.lambda('bank-rates'),
      scopes: Scopes.allOf('rates:read'),
      bodyLimit: BodyLimit.of(Size.kibibytes(4)),
      cors: Cors.origin('https://www.{domainName}'),
      operations: [
        new Operation({ method: HttpMethod.GET, path: '/interest', id: 'listInterestRates', parameters: [{ name: 'product', location: ParameterLocation.QUERY }] }),
        new Operation({ method: HttpMethod.GET, path: '/exchange', id: 'listExchangeRates' }),
        new Operation({ method: HttpMethod.GET, path: '/exchange/{currency}', id: 'getExchangeRate' }),
        new Operation({
          method: HttpMethod.POST,
          path: '/conversions',
          id: 'convert',
          content: [{ mediaType: 'application/json', schema: { $ref: '#/components/schemas/Conversion' } }],
        }),
        new Operation({
          method: HttpMethod.PUT,
          path: '/exchange/{currency}',
          id: 'publishExchangeRate',
          scopes: Scopes.anyOfAll(['rates:publish', 'rates:read'], ['treasury:administer']),
          content: [{ mediaType: 'application/json', schema: { type: 'object', additionalProperties: false, required: ['buy', 'sell'], properties: { buy: AMOUNT, sell: AMOUNT } } }],
        }),
      ],
      schemas: {
        Conversion: {
          type: 'object',
          additionalProperties: false,
          required: ['from', 'to', 'amount'],
          properties: { from: { $ref: '#/components/schemas/Currency' }, to: { $ref: '#/components/schemas/Currency' }, amount: AMOUNT, on: { type: 'string', format: 'date' } },
        },
        Currency: { type: 'string', pattern: '^[A-Z]{3}$' },
      },
    }),
    ApiService.fromOpenApi('branches', 'bin/reference/apis/branches.yaml', {
      owner: 'Branch Network',
      classification: Classification.UNOFFICIAL,
      approvedExposure: [Exposure.PUBLIC, Exposure.PARTNER, Exposure.INTERNAL],
      exposure: [Exposure.PUBLIC],
      backend: Backend.https('https://branches.svc.{domainName}'),
      scopes: Scopes.anyOf('branches:read', 'openid'),
      bodyLimit: BodyLimit.of(Size.kibibytes(16)),
    }),
  ],
});
