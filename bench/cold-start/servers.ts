import { newSigningKey } from '../../lambda/key-rotation/key-pair';
import { accessToken, CLAIMS, CONFIGURATION, requestEvent } from '../../test/lambda/fixtures/authorizer';
import { JWKS } from '../../test/lambda/fixtures/issuer';
import { httpsServer } from '../../test/lambda/fixtures/loopback-server';
import { SecretsManagerServer } from '../../test/lambda/fixtures/secrets-manager-server';

const ARN = 'arn:aws:secretsmanager:ap-southeast-2:111111111111:secret:signing-AbCdEf';

/** What a handler needs to decide one request: where to read from, and the request. */
export interface Surroundings {
  /** Certificates of the two servers, PEM. */
  readonly ca: string;
  readonly configuration: object;
  readonly event: object;
  readonly environment: Readonly<Record<string, string>>;
}

/** The issuer and Secrets Manager over TLS, in a process of their own: the one that measures waits. */
async function serve(): Promise<Surroundings> {
  const keys = { keys: JWKS.keys.filter(({ kid }) => kid !== 'weakRsa') };
  const issuer = await httpsServer((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(keys)));
  const secrets = new SecretsManagerServer();
  const authorities = [issuer.ca];
  secrets.create(ARN, JSON.stringify(newSigningKey(0)));
  const endpoint = await secrets.start(async (listener) => {
    const server = await httpsServer(listener, 'CN=secrets');
    authorities.push(server.ca);
    return server;
  });
  const now = Math.floor(Date.now() / 1000);
  return {
    ca: authorities.join('\n'),
    configuration: { ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, issuer: issuer.url, jwksUri: `${issuer.url}/keys` } },
    event: requestEvent({ token: accessToken({ ...CLAIMS, iss: issuer.url, iat: now, exp: now + 290 }) }),
    environment: {
      SIGNING_KEY_SECRET_ARN: ARN, AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint, AWS_REGION: 'ap-southeast-2', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b',
      POWERTOOLS_SERVICE_NAME: 'authorizer', POWERTOOLS_METRICS_NAMESPACE: 'ApiSecurity', AWS_LAMBDA_FUNCTION_NAME: 'authorizer',
    },
  };
}
void serve().then((surroundings) => process.send?.(surroundings));
