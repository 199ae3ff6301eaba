import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AUTHORIZER_ENVIRONMENT, type AuthorizerConfiguration } from '../lib/contract/authorizer-configuration';
import { EnvironmentAssembly } from './assembly/environment-assembly';
import { FeatureAudit } from './assembly/feature-audit';
import { usagePlanReader } from './assembly/usage-plan-reader';
import { Closing } from './closing';
import { DomainListener, type Patience } from './domain/domain-listener';
import { readDomains, type ServedDomain } from './domain/domain-reader';
import type { LocalEndpoints } from './endpoints';
import { functionName, FunctionRegistry } from './function/function-registry';
import { lambdaFunction, type LambdaFunction } from './function/lambda-function';
import { withTwinAuthority } from './function/twin-authority';
import { TwinSigningKeys } from './function/twin-signing-keys';
import { LocalRefusal } from './local-refusal';
import { loopbackServer } from './loopback-server';
import { createSecrets } from './peer/assembly-secrets';
import { createPolicyStores } from './peer/assembly-policy-stores';
import { createTables } from './peer/assembly-tables';
import { BackendPool } from './peer/backend-pool';
import { DynamoDb } from './peer/dynamo-db';
import { startIssuers } from './peer/issuer-service';
import { createFileBuckets, rolesOf } from './peer/file-buckets';
import { KeyManagement } from './peer/key-management';
import { startKeyPublisher } from './peer/key-publisher';
import { KeyMaterial } from './peer/key-material';
import { runCertificates, type RunCertificates } from './peer/run-certificates';
import { revocationListUrls, startRevocationLists } from './peer/revocation-lists';
import { ObjectStorage } from './peer/object-storage';
import { rotateSecret } from './peer/secret-rotation';
import { startSchedules } from './peer/schedules';
import { withSecrets } from './peer/dynamic-reference';
import { WebAclApi } from './peer/web-acl-api';
import { SecretsManager } from './peer/secrets-manager';
import { createTeamSecrets } from './peer/team-secrets';
import { testClients } from './peer/test-identities';
import { PrivateCertificateAuthority } from './peer/private-certificate-authority';
import { storeTrustStores } from './peer/stored-trust-stores';
import { readyEndpoints } from './ready-endpoints';
import { VerifiedPermissions } from './peer/verified-permissions';
import { AccessLog } from './rest-api/access-log';
import { httpTargets } from './rest-api/http-proxy-integration';
import { Routes } from './routes';
import { RunLog } from './run-log';
import { startupTable } from './startup-table';
import type { AddressSet } from './web-acl/address-set';
import { webAclLog } from './web-acl/web-acl-log';
import { webAclReader } from './web-acl/web-acl-reader';

/** How to run an environment on this machine. */
export interface LocalGatewayOptions {
  /** Directory of the cloud assembly: `cdk.out`. */
  readonly app: string;
  /** Name of the environment; may be left out where the assembly holds one. */
  readonly environment?: string;
  /** First loopback port, one per domain name from there on; 0, the default, takes free ones. */
  readonly portBase?: number;
  /** URL per API service that replaces its HTTP backend. */
  readonly backends?: { readonly [service: string]: string };
  /** Directory for logs and key material; `out` by default. The environment's part of it is emptied first. */
  readonly out?: string;
  /** Source address that the gateway sees for a loopback address, such as `127.0.0.2` for one of an allow-list. */
  readonly sourceAddresses?: { readonly [loopback: string]: string };
  /** How long a client may take for a handshake, headers and a request; seconds by default. */
  readonly patience?: Patience;
  /** Takes the start-up table; standard output by default. */
  readonly log?: (text: string) => void;
}

/** A running environment. */
export interface LocalGateway {
  readonly endpoints: LocalEndpoints;
  /** Rotates every rotated secret once more, as a rotation schedule would. */
  rotateSecrets(): Promise<void>;
  /** Disables the KMS key that signs trust tokens, which is how an operator revokes it; refused where KMS does not sign. */
  disableSigningKey(): void;
  /** Revokes the certificate of a client, in the list that its authority publishes. */
  revokeCertificate(clientId: string): Promise<void>;
  /** Ends every process and listener that this run started. */
  close(): Promise<void>;
}

/**
 * Runs one environment of a cloud assembly on loopback: its domain names, web ACLs, REST APIs, functions and secrets.
 *
 * It reads synthesized files only. Nothing listens outside 127.0.0.1 and no function or backend connects elsewhere.
 *
 * @throws LocalRefusal where the assembly holds something that matters and is not emulated
 */
export async function startLocalGateway(options: LocalGatewayOptions): Promise<LocalGateway> {
  const closing = new Closing();
  try {
    return await start(options, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function start(options: LocalGatewayOptions, closing: Closing): Promise<LocalGateway> {
  const assembly = EnvironmentAssembly.read(options.app, options.environment);
  const out = resolve(options.out ?? 'out', options.environment ?? 'local');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const [log, routes, secrets, notes] = [closing.add(new RunLog(out)), new Routes(), new SecretsManager(), [] as string[]];
  const keyManagement = new KeyManagement();
  const material = new KeyMaterial(join(out, 'tls'));

  // Functions and backends start after what they reach; until then only these references to them are needed.
  const signingKeys = new TwinSigningKeys(assembly, material);
  const lambdas = lambdaLookup(assembly, join(out, 'functions'), signingKeys);
  const late: { certificates?: RunCertificates; backends?: BackendPool; secretsManagerUrl?: string; dynamoDbUrl?: string; keyManagementUrl?: string; verifiedPermissionsUrl?: string; objectStorageUrl?: string; webAclApiUrl?: string; privateAuthorityUrl?: string; storage?: ObjectStorage } = {};
  const functions = closing.add(new FunctionRegistry((name) => withTwinAuthority(lambdas(name), late.certificates!.twin, join(out, 'functions')), {
    routes: () => routes.all,
    get certificateAuthority() { return late.certificates!.servers.file; },
    get secretsManagerUrl() { return late.secretsManagerUrl!; },
    get dynamoDbUrl() { return late.dynamoDbUrl!; },
    get keyManagementUrl() { return late.keyManagementUrl!; },
    get verifiedPermissionsUrl() { return late.verifiedPermissionsUrl!; },
    get webAclApiUrl() { return late.webAclApiUrl!; },
    get objectStorageUrl() { return late.objectStorageUrl!; },
    get privateAuthorityUrl() { return late.privateAuthorityUrl!; },
    log: (name) => log.descriptor(`function-${name}`),
  }));
  const addressSets = new Map<string, AddressSet>();
  const audit = new FeatureAudit();
  const accessLogs = new Map<string, AccessLog>();
  const served = readDomains({
    assembly,
    targets: { functions, backends: { send: (request) => late.backends!.send(request) } },
    codeDirectory: (arn) => lambdas(functionName(arn))?.directory ?? '',
    webAcl: webAclReader(assembly, { addressSets, secret: (text) => withSecrets(text, secrets), labelled: webAclLog(assembly, functions) }),
    usagePlans: usagePlanReader(assembly),
    storedObject: (bucket, key, version) => late.storage?.content(bucket, key, version),
    audit,
    accessLog: (name) => {
      if (!accessLogs.has(name)) accessLogs.set(name, closing.add(new AccessLog(join(out, `access-${name}.log`))));
      return accessLogs.get(name)!;
    },
  });
  const configurations = served.flatMap(({ authorizers }) => authorizers);
  const certificates = late.certificates = await runCertificates(configurations, material);

  const regions = [...new Set(assembly.stacks.map(({ region }) => region))].map((region) => `secretsmanager.${region}.amazonaws.com`);
  const handle = secrets.handle.bind(secrets);
  late.secretsManagerUrl = `http://127.0.0.1:${closing.add(await loopbackServer(handle)).port}`;
  late.keyManagementUrl = `http://127.0.0.1:${closing.add(await loopbackServer(keyManagement.handle.bind(keyManagement))).port}`;
  const secure = closing.add(await loopbackServer(handle, await certificates.server(regions)));
  for (const host of regions) routes.add(host, secure.port);

  const revocationLists = await startRevocationLists(configurations, certificates, routes);
  if (revocationLists !== undefined) closing.add(revocationLists);

  const dynamoDb = new DynamoDb();
  const tables = createTables(assembly, dynamoDb);
  late.dynamoDbUrl = `http://127.0.0.1:${closing.add(await loopbackServer(dynamoDb.handle.bind(dynamoDb))).port}`;

  const webAclApi = new WebAclApi(addressSets);
  late.webAclApiUrl = `http://127.0.0.1:${closing.add(await loopbackServer(webAclApi.handle.bind(webAclApi))).port}`;

  const verifiedPermissions = new VerifiedPermissions();
  const policyStores = createPolicyStores(assembly, verifiedPermissions);
  late.verifiedPermissionsUrl = `http://127.0.0.1:${closing.add(await loopbackServer(verifiedPermissions.handle.bind(verifiedPermissions))).port}`;

  const storage = late.storage = new ObjectStorage('local', rolesOf(assembly));
  const scannedBuckets = createFileBuckets({ assembly, storage, functions, log: (text) => { log.append('events', text); } });
  late.objectStorageUrl = `http://127.0.0.1:${closing.add(await loopbackServer(storage.handle.bind(storage))).port}`;

  const privateAuthority = new PrivateCertificateAuthority(certificates.twin);
  late.privateAuthorityUrl = `http://127.0.0.1:${closing.add(await loopbackServer(privateAuthority.handle.bind(privateAuthority))).port}`;
  const storedTrustStores = await storeTrustStores(assembly, functions);

  const clients = testClients(configurations);
  const teamSecrets = createTeamSecrets(configurations, assembly, secrets);
  for (const name of teamSecrets.keys()) notes.push(`secret ${name} is the team's own: the local gateway makes it up, and its client`);
  const issuers = await startIssuers(configurations, clients, teamSecrets, certificates, routes, (text) => { log.append('identity-provider', text); });
  closing.add(issuers.process);

  const listening = [];
  for (const [index, one] of served.entries()) {
    const { domain } = one;
    const listener = closing.add(new DomainListener({
      domain, credential: await certificates.server([domain.hostName]), twinAuthority: certificates.twin,
      port: options.portBase ? options.portBase + index : 0, sourceAddresses: options.sourceAddresses ?? {},
      refused: (refused) => { log.append('refused', `${JSON.stringify({ time: new Date().toISOString(), ...refused })}\n`); }, patience: options.patience,
    }));
    const port = await listener.listen();
    routes.add(domain.hostName, port);
    listening.push({ ...one, port, accessLogFile: join(out, `access-${domain.securityDomain}.log`) });
  }

  const rotated = createSecrets(assembly, secrets);
  keyManagement.createKeys(assembly);
  for (const host of new Set(configurations.map(({ trustIssuer }) => new URL(trustIssuer).hostname))) {
    if (routes.port(host) !== undefined) continue;
    routes.add(host, closing.add(await startKeyPublisher(assembly, secrets, await certificates.server([host]))).port);
    notes.push(`${host} is no domain name of the assembly: the local gateway publishes the trust token keys in its place`);
  }
  const backends = late.backends = closing.add(await startBackends(options, served, certificates, routes, log));
  const rotateSecrets = async (): Promise<void> => { for (const arn of rotated) await rotateSecret(secrets, arn, functions); };
  await rotateSecrets();
  closing.add(startSchedules(assembly, functions));

  const endpoints = readyEndpoints({ environment: options.environment ?? configurations[0]?.environment ?? 'local', domains: listening, clients, issuers, certificates, signingKeys, secret: (name) => secrets.secret(name).version(undefined, 'AWSCURRENT').value?.SecretString });
  if (served.some(({ domain }) => domain.trustStore !== undefined)) {
    notes.push('clients get twin certificates of an authority of this run: the private keys of the real trust store are elsewhere; its members are trusted too');
  }
  if (signingKeys.areUsed) notes.push('clients sign messages with twin keys of this run, which services are told in place of the declared ones');
  for (const id of certificates.withoutTwin) notes.push(`client ${id} is recognised by the hash of its real certificate only: no twin can stand in for it`);
  const table = startupTable({
    assembly, endpoints, notes, domains: served.map(({ domain }) => domain), backends: backends.running, overrides: options.backends ?? {},
    rotated: rotated.map((arn) => secrets.secret(arn).name),
    tables,
    kmsKeys: keyManagement.arns.length,
    policyStores,
    revocationLists: revocationListUrls(configurations).map(({ href }) => href),
    settings: audit.notEmulated,
    scannedBuckets,
    privateAuthorities: storedTrustStores,
  }, options.log === undefined && process.stdout.isTTY);
  (options.log ?? ((text: string) => process.stdout.write(`${text}\n`)))(table);
  const disableSigningKey = (): void => {
    const arns = assembly.resources('AWS::Lambda::Function').map(({ properties }) => (properties.Environment as { Variables?: { [name: string]: string } } | undefined)?.Variables?.[AUTHORIZER_ENVIRONMENT.signingKeyArns]);
    keyManagement.disable(arns.find((value) => value !== undefined)?.split(' ')[0] ?? '');
  };
  const revokeCertificate = (clientId: string): Promise<void> => certificates.revocationLists.revoke(readFileSync(certificates.clients.get(clientId)?.certificateFile ?? '', 'utf8'));
  return { endpoints, rotateSecrets, disableSigningKey, revokeCertificate, close: () => closing.close() };
}

function lambdaLookup(assembly: EnvironmentAssembly, scratch: string, signingKeys: TwinSigningKeys): (name: string) => LambdaFunction | undefined {
  const found = new Map<string, LambdaFunction>();
  return (name) => {
    const resource = assembly.resources('AWS::Lambda::Function').find(({ reference }) => reference === name);
    // What a custom resource answered may be in its environment.
    const id = `${assembly.revision} ${name}`;
    if (resource !== undefined && !found.has(id)) found.set(id, signingKeys.told(lambdaFunction(assembly, resource, scratch))!);
    return found.get(id);
  };
}

async function startBackends(options: LocalGatewayOptions, served: readonly ServedDomain[], certificates: RunCertificates, routes: Routes, log: RunLog): Promise<BackendPool> {
  const targets = served.flatMap(({ domain }) => domain.mappings).flatMap(({ api }) => httpTargets(api.props.document, api.props.stageVariables));
  const services = [...new Set(targets.map(({ service }) => service))];
  const unknown = Object.keys(options.backends ?? {}).find((name) => !services.includes(name));
  if (unknown !== undefined) throw new LocalRefusal('LOCAL_BACKEND', 'a backend stands in for an HTTP service of the environment', unknown, `one of ${services.join(', ') || 'none: it has no HTTP service'}`);
  const credential = await certificates.server(['backend.invalid', ...targets.map(({ url }) => new URL(url).hostname)]);
  const issuers = served.flatMap(({ authorizers }) => authorizers).map(({ trustIssuer, trustDomain }: AuthorizerConfiguration) => ({ issuer: trustIssuer, trustDomain }));
  const pool = new BackendPool({
    overrides: options.backends ?? {},
    settings: { tls: { key: credential.privateKey, cert: credential.certificate }, issuers },
    routes: () => routes.all,
    certificateAuthority: certificates.servers,
    log: (service, text) => { log.append(`backend-${service}`, text); },
  });
  await Promise.all(services.filter((service) => options.backends?.[service] === undefined).map((service) => pool.start(service)));
  for (const { service, url } of targets) {
    if (options.backends?.[service] === undefined) routes.add(url, await pool.start(service));
  }
  return pool;
}
