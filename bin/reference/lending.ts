import { ApiGroup, ApiService, Backend, BodyLimit, Classification, DataSensitivity, Exposure, Rate, ServicePlan } from 'cdk-api-security';

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
  ],
});
