import { Size } from 'aws-cdk-lib';
import { ApiGroup, ApiService, Backend, BodyLimit, Classification, DataSensitivity, Exposure, HttpMethod, MessageSignatures, Operation, ParameterLocation, ProtectiveMarking, Quota, Rate, RateLimit, Scopes, ServicePlan } from 'cdk-api-security';

const PERIOD = [{ name: 'from', location: ParameterLocation.QUERY, required: true }, { name: 'to', location: ParameterLocation.QUERY, required: true }];

/** Settlement between banks. Every request carries its protective marking, and a batch the signature of the bank that sends it. */
export const settlement = new ApiGroup('settlement', {
  plan: ServicePlan.of({ rate: Rate.perSecond(50), consumerRate: Rate.perMinute(60), consumerBurst: 20, consumerLimit: RateLimit.perMinute(60), consumerQuota: Quota.perDay(20_000) }),
  services: [
    new ApiService('settlement', {
      owner: 'Treasury',
      classification: Classification.PROTECTED,
      protectiveMarking: ProtectiveMarking.required(),
      dataSensitivity: DataSensitivity.FINANCIAL,
      approvedExposure: [Exposure.PARTNER, Exposure.INTERNAL],
      backend: Backend.https('https://settlement.svc.{domainName}'),
      scopes: Scopes.allOf('settlement:read'),
      bodyLimit: BodyLimit.of(Size.kibibytes(32)),
      operations: [
        new Operation({ method: HttpMethod.GET, path: '/positions', id: 'listPositions', parameters: PERIOD }),
        new Operation({ method: HttpMethod.GET, path: '/positions/{positionId}', id: 'getPosition' }),
        new Operation({ method: HttpMethod.GET, path: '/obligations', id: 'listObligations', parameters: PERIOD }),
        new Operation({
          method: HttpMethod.POST,
          path: '/obligations',
          id: 'submitObligation',
          scopes: Scopes.allOf('settlement:read', 'settlement:submit'),
          parameters: [{ name: 'Idempotency-Key', location: ParameterLocation.HEADER, required: true }],
          content: [{ mediaType: 'application/json', schema: { $ref: '#/components/schemas/Obligation' } }],
        }),
        new Operation({ method: HttpMethod.GET, path: '/obligations/{obligationId}', id: 'getObligation' }),
        new Operation({ method: HttpMethod.DELETE, path: '/obligations/{obligationId}', id: 'withdrawObligation', scopes: Scopes.anyOfAll(['settlement:submit', 'settlement:withdraw'], ['treasury:administer']) }),
        new Operation({
          method: HttpMethod.POST,
          path: '/obligations/{obligationId}/confirmation',
          id: 'confirmObligation',
          scopes: Scopes.anyOf('settlement:confirm', 'treasury:administer'),
          content: [{ mediaType: 'application/json', schema: { type: 'object', additionalProperties: false, required: ['agreed'], properties: { agreed: { type: 'boolean' }, remark: { type: 'string', maxLength: 140 } } } }],
        }),
        new Operation({ method: HttpMethod.GET, path: '/calendar/{year}', id: 'getCalendar' }),
      ],
      schemas: {
        Obligation: {
          type: 'object',
          additionalProperties: false,
          required: ['counterparty', 'amount', 'valueDate'],
          properties: {
            counterparty: { type: 'string', pattern: '^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$' },
            amount: { $ref: '#/components/schemas/Money' },
            valueDate: { type: 'string', format: 'date' },
            legs: { type: 'array', maxItems: 50, items: { $ref: '#/components/schemas/Obligation' } },
          },
        },
        Money: {
          type: 'object',
          additionalProperties: false,
          required: ['currency', 'value'],
          properties: { currency: { type: 'string', pattern: '^[A-Z]{3}$' }, value: { type: 'string', pattern: '^[0-9]{1,15}(\\.[0-9]{1,2})?$' } },
        },
      },
    }),
    new ApiService('batches', {
      owner: 'Treasury',
      classification: Classification.PROTECTED,
      protectiveMarking: ProtectiveMarking.required(),
      dataSensitivity: DataSensitivity.FINANCIAL,
      approvedExposure: [Exposure.PARTNER],
      backend: Backend.lambda('bank-batches'),
      scopes: Scopes.allOf('settlement:submit'),
      messageSignatures: MessageSignatures.required(),
      operations: [
        new Operation({
          method: HttpMethod.POST,
          path: '/submissions',
          id: 'submitBatch',
          content: [{ mediaType: 'application/json', schema: { type: 'object', additionalProperties: false, required: ['payments'], properties: { payments: { type: 'array', minItems: 1, maxItems: 100, items: { $ref: '#/components/schemas/Payment' } } } } }],
        }),
      ],
      schemas: {
        Payment: {
          type: 'object',
          additionalProperties: false,
          required: ['reference', 'value'],
          properties: {
            reference: { type: 'string', maxLength: 35 },
            value: { type: 'string', pattern: '^[0-9]{1,15}(\\.[0-9]{1,2})?$' },
            remittanceAdvice: { type: 'string', format: 'email' },
            executionDate: { type: 'string', format: 'date' },
            status: { type: 'string', readOnly: true },
          },
        },
      },
    }),
  ],
});
