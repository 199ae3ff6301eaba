import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LocalClient } from '../local/client';
import { DpopKey } from '../local/dpop-key';
import type { LocalEndpoints } from '../local/endpoints';
import { LocalRefusal } from '../local/local-refusal';
import type { Command } from './command';

const OPTIONS = {
  'ready-file': { type: 'string' },
  domain: { type: 'string', default: 'public' },
  client: { type: 'string' },
  scope: { type: 'string' },
  'acr-values': { type: 'string' },
  'dpop-key': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const HELP = `Usage: cdk-api-security token --ready-file FILE --client NAME [options]

Prints an access token of the local gateway's identity provider, got by the
client's own grant. The gateway must be running; no other issuer is asked.

  --ready-file FILE  what cdk-api-security start --ready-file wrote
  --client NAME      client id of a consumer
  --domain NAME      security domain (default: ${OPTIONS.domain.default})
  --scope "A B"      scopes (default: all that the client may ask for)
  --acr-values "A B" how the user logs in, as a challenge of RFC 9470 names it
                     (default: with a password)
  --dpop-key FILE    P-256 private key (PKCS #8, PEM) that the token of a client
                     with proof of possession is bound to; made if it is missing
  --help             this text`;

/** `token`: an access token for tests against the local gateway. */
export const tokenCommand: Command = {
  summary: 'prints an access token for the running local gateway',
  async run(args) {
    const { 'ready-file': file, domain, client, scope, 'acr-values': acrValues, 'dpop-key': keyFile, help } = parse(args);
    if (help) {
      process.stdout.write(`${HELP}\n`);
      return 0;
    }
    const endpoints = readEndpoints(file);
    const clients = Object.keys(endpoints.domains[domain]?.clients ?? {});
    if (client === undefined || !clients.includes(client)) {
      throw new LocalRefusal('TOKEN_CLIENT', `a client is one of the ${domain} domain: ${clients.join(', ') || 'it has none'}`, client ?? 'none', `--client ${clients[0] ?? 'NAME'} --domain ${domain}`);
    }
    if (endpoints.domains[domain]?.clients[client]?.dpopBound === true && keyFile === undefined) {
      throw new LocalRefusal('TOKEN_KEY', `the tokens of ${client} are bound to a key, and each request needs a proof by it (DPoP)`, 'no key', '--dpop-key out/dpop.pem');
    }
    const dpopKey = keyFile === undefined ? undefined : keyAt(keyFile);
    process.stdout.write(`${await new LocalClient(endpoints).token({ domain, client, acrValues, dpopKey, ...scope !== undefined && { scopes: scope.split(' ') } })}\n`);
    return 0;
  },
};

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new LocalRefusal('TOKEN_OPTION', 'token takes the options that --help lists', (error as Error).message.split('. ')[0] ?? '', '`cdk-api-security token --help`');
  }
}

function keyAt(file: string): DpopKey {
  if (!existsSync(file)) writeFileSync(file, new DpopKey().pem, { mode: 0o600 });
  try {
    return DpopKey.fromPem(readFileSync(file, 'utf8'));
  } catch {
    throw new LocalRefusal('TOKEN_KEY', 'a DPoP key is a P-256 private key in PEM (PKCS #8)', file, '--dpop-key with a file that is not there yet, to have one made');
  }
}

function readEndpoints(file: string | undefined): LocalEndpoints {
  try {
    return JSON.parse(readFileSync(file ?? '', 'utf8')) as LocalEndpoints;
  } catch {
    throw new LocalRefusal('TOKEN_READY_FILE', 'a token comes from a running local gateway', file ?? 'no ready file', '`cdk-api-security start --ready-file out/ready.json` in another terminal, and --ready-file out/ready.json here');
  }
}
