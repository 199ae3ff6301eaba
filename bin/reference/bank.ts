import { App } from 'aws-cdk-lib';
import { ApiSecurity } from 'cdk-api-security';
import { accounts } from './accounts';
import { BatchesBackend } from './batches-backend';
import { DocumentsBackend } from './documents-backend';
import { development, production, test } from './environments';
import { lending } from './lending';
import { RatesBackend } from './rates-backend';
import { referenceData } from './reference-data';
import { internalDomain, partnerDomain, publicDomain } from './security-domains';
import { settlement } from './settlement';

/** Declares the APIs of a bank and stamps them into three environments. */
export function stampBank(app: App): ApiSecurity {
  const bank = new ApiSecurity(app, 'Bank', {
    environments: [development, test, production],
    securityDomains: [publicDomain, partnerDomain, internalDomain],
    groups: [accounts, lending, referenceData, settlement],
  });
  for (const stage of bank.stages) {
    stage.deployFirst(new RatesBackend(stage, 'RatesBackend'));
    stage.deployFirst(new BatchesBackend(stage, 'BatchesBackend'));
    stage.deployFirst(new DocumentsBackend(stage, 'DocumentsBackend'));
  }
  return bank;
}
