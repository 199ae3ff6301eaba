import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { APIGatewayRequestAuthorizerHandler } from 'aws-lambda';
import { AUTHORIZER_CONFIGURATION_FILE, AUTHORIZER_ENVIRONMENT } from '../../lib/contract/authorizer-configuration';
import { httpsDocumentReader } from '../../runtime/https-document';
import { RemoteKeys } from '../../runtime/remote-keys';
import { requiredVariable } from '../environment';
import { AuditLog } from './audit-log';
import { authorize, type AuthorizerDependencies } from './authorize';
import { readConfiguration } from './configuration';
import { secretReader } from './secret-reader';
import { SigningKeys } from './signing-keys';

const clock = Date.now;
const configuration = readConfiguration(join(__dirname, AUTHORIZER_CONFIGURATION_FILE));
const { environment, securityDomain, accessToken: { issuer, jwksUri, keysUsableThroughOutageSeconds } } = configuration;
// Straight to stdout: the runtime's console would wrap the line, and embedded metrics must stand alone.
const audit = new AuditLog({ environment, securityDomain }, (line) => process.stdout.write(`${line}\n`), clock);
const signingKeys = new SigningKeys(
  secretReader(requiredVariable(AUTHORIZER_ENVIRONMENT.signingKeySecret), process.env, clock),
  clock,
  (failure) => audit.failure('SigningKey', failure),
);
const dependencies: AuthorizerDependencies = {
  configuration,
  keys: new RemoteKeys({ issuer, jwksUri, usableThroughOutageSeconds: keysUsableThroughOutageSeconds, read: httpsDocumentReader(), clock, onFailure: (failure) => audit.failure('IssuerKeys', failure) }),
  signer: () => signingKeys.signer(),
  audit,
  clock,
  newTransaction: randomUUID,
};

/** REQUEST authorizer of the REST APIs of one security domain. */
export const handler: APIGatewayRequestAuthorizerHandler = (event) => authorize(event, dependencies);
