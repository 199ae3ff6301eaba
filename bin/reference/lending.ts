import { ApiGroup, ApiService, Backend, BodyLimit, Classification, DataSensitivity, Exposure, HttpMethod, Operation, Rate, Scopes, ServicePlan } from 'cdk-api-security';

/** Loans, applied for by customers and through brokers. */
export const lending = new ApiGroup('lending', {
  plan: ServicePlan.of({ rate: Rate.perMinute(3000), requestsPerAddress: 600 }),
  services: [
    ApiService.fromOpenApi('loans', 'bin/reference/apis/loans.yaml', {
      owner: 'Home Lending',
      classification: Classification.OFFICIAL_SENSITIVE,
      dataSensitivity: DataSensitivity.PERSONAL,
      approvedExposure: [Exposure.PUBLIC, Exposure.PARTNER],
      backend: Backend.https('https://loans.svc.{domainName}'),
      bodyLimit: BodyLimit.beyondInspection('Applicants upload payslips and contracts; the lending service scans each file before anybody can open it.'),
    }),
    new ApiService('documents', {
      owner: 'Home Lending',
      classification: Classification.OFFICIAL_SENSITIVE,
      dataSensitivity: DataSensitivity.PERSONAL,
      approvedExposure: [Exposure.PUBLIC],
      backend: Backend.lambda('bank-documents'),
      scopes: Scopes.allOf('documents:read'),
      operations: [
        new Operation({
          method: HttpMethod.POST,
          path: '/files',
          id: 'uploadFile',
          scopes: Scopes.allOf('documents:write'),
          content: [{ mediaType: 'application/json', schema: { type: 'object', additionalProperties: false, required: ['type', 'size'], properties: { type: { type: 'string', maxLength: 100 }, size: { type: 'integer', minimum: 1 }, sha256: { type: 'string', maxLength: 44 } } } }],
        }),
        new Operation({ method: HttpMethod.GET, path: '/files/{fileId}', id: 'downloadFile' }),
      ],
    }),
  ],
});
