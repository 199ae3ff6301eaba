import { readFileSync } from 'node:fs';
import { AssessRefusal } from '../assess/assess-refusal';
import type { AssessedEnvironment } from '../assess/assessed-environment';
import { LocalTarget } from '../assess/local-target';
import { RemoteTarget, type RemoteCaller } from '../assess/remote-target';
import type { CertificatePair, Endpoint, Target } from '../assess/target';
import type { LocalEndpoints } from '../local/endpoints';

/** The options that say where a deployed gateway is, and as whom it is assessed. */
export interface RemoteArguments {
  readonly 'target'?: readonly string[];
  readonly 'domain'?: string;
  readonly 'ca'?: string;
  readonly 'certificate'?: string;
  readonly 'key'?: string;
  readonly 'token-endpoint'?: string;
  readonly 'client'?: string;
  readonly 'client-secret-env'?: string;
  readonly 'api-key-env'?: string;
}

/** A running local gateway, by its ready file. */
export function readyTarget(file: string): Target {
  let endpoints: Partial<LocalEndpoints>;
  try {
    endpoints = JSON.parse(readFileSync(file, 'utf8')) as Partial<LocalEndpoints>;
  } catch {
    throw new AssessRefusal('ASSESS_TARGET', 'a target is local, a ready file, a URL or DOMAIN=URL', file, '--target local, or --target public=https://api.test.example');
  }
  if (endpoints.domains === undefined || endpoints.certificateAuthorityFile === undefined) {
    throw new AssessRefusal('ASSESS_TARGET', 'a ready file is what start wrote', `${file} without domains`, '`cdk-api-security start --ready-file out/ready.json` and --target out/ready.json');
  }
  return new LocalTarget(file, endpoints as LocalEndpoints);
}

/** A deployed gateway. Secrets come from environment variables: a command line is seen by everybody on the machine. */
export function remoteTarget(options: RemoteArguments, environment: AssessedEnvironment): Target {
  const targets = options.target ?? [];
  const certificateAuthority = options.ca === undefined ? undefined : pem('ca', options.ca);
  return new RemoteTarget({
    name: targets.map((target) => target.replace(/^[a-z]+=/, '')).join(' '),
    endpoints: new Map(targets.map((target) => endpoint(target, options, environment, certificateAuthority))),
    certificateAuthority, certificate: certificate(options), caller: caller(options),
  });
}

function endpoint(target: string, { domain: option }: RemoteArguments, { domains }: AssessedEnvironment, certificateAuthority: string | undefined): [string, Endpoint] {
  const [, named, text = ''] = /^(?:([A-Za-z0-9.-]+)=)?(https:\/\/.+)$/.exec(target) ?? [];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.pathname !== '/' || url.search !== '' || url.username !== '') {
    throw new AssessRefusal('ASSESS_TARGET', 'a URL is https, a host and perhaps a port', target.replace(/\/\/[^/]*@/, '//'), '--target public=https://api.test.example');
  }
  const known = domains.map(({ securityDomain }) => securityDomain);
  const found = domains.find(({ securityDomain, hostName }) => (named ?? option) === undefined ? hostName === url.hostname : securityDomain === (named ?? option));
  if (found === undefined) throw new AssessRefusal('ASSESS_DOMAIN', `a URL is that of a security domain of the environment: ${known.join(', ')}`, named ?? option ?? url.hostname, `--target ${known[0] ?? 'public'}=${url.origin}`);
  return [found.securityDomain, { address: url.hostname.replace(/^\[(.+)\]$/, '$1'), port: Number(url.port || 443), hostName: found.hostName, certificateAuthority }];
}

function certificate({ certificate: file, key }: RemoteArguments): CertificatePair | undefined {
  if (file === undefined && key === undefined) return undefined;
  if (file === undefined || key === undefined) throw new AssessRefusal('ASSESS_CERTIFICATE', 'a client certificate has a private key', file === undefined ? 'no --certificate' : 'no --key', '--certificate client.pem --key client-key.pem');
  return { cert: pem('certificate', file), key: pem('key', key) };
}

function caller(options: RemoteArguments): RemoteCaller | undefined {
  const { client, 'token-endpoint': tokenEndpoint } = options;
  if (client === undefined && tokenEndpoint === undefined) return undefined;
  if (client === undefined || tokenEndpoint === undefined || !/^https:\/\//.test(tokenEndpoint) || !URL.canParse(tokenEndpoint)) {
    throw new AssessRefusal('ASSESS_CLIENT', 'a client gets its tokens at an https token endpoint', `--client ${client ?? 'none'}, --token-endpoint ${tokenEndpoint?.replace(/\/\/[^/]*@/, '//') ?? 'none'}`, '--client acme --token-endpoint https://id.example/token');
  }
  return { client, tokenEndpoint, clientSecret: secret(options['client-secret-env']), apiKey: secret(options['api-key-env']) };
}

function secret(variable: string | undefined): string | undefined {
  if (variable === undefined) return undefined;
  const value = process.env[variable];
  // What was written may be the secret itself: it is not repeated.
  if (value === undefined || value === '') throw new AssessRefusal('ASSESS_SECRET', 'a secret is in an environment variable, which the option names', 'a name that no variable has', '--client-secret-env ASSESS_CLIENT_SECRET');
  return value;
}

function pem(option: string, file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.includes('-----BEGIN ')) return text;
  } catch {
    // Answered below, as a file without PEM is.
  }
  throw new AssessRefusal('ASSESS_PEM', `--${option} is a PEM file`, file, `--${option} out/${option}.pem`);
}
