import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LocalClient } from '../local/client';
import { LocalRefusal } from '../local/local-refusal';
import { startLocalGateway } from '../local/start';
import type { Command } from './command';
import { curlLines, firstTarget } from './curl-lines';

const OPTIONS = {
  app: { type: 'string', default: 'cdk.out' },
  environment: { type: 'string' },
  'port-base': { type: 'string', default: '0' },
  backend: { type: 'string', multiple: true },
  'ready-file': { type: 'string' },
  out: { type: 'string', default: 'out' },
  help: { type: 'boolean', default: false },
} as const;

const HELP = `Usage: cdk-api-security start [options]

Runs one environment of a synthesized cloud assembly on this machine: TLS,
mutual TLS, tokens, authorizers, validators and web ACL rules, on loopback only.

  --app DIR            what cdk synth wrote (default: ${OPTIONS.app.default})
  --environment NAME   which one; needed where the assembly holds several
  --port-base N        first port, one per security domain (default: free ports)
  --backend NAME=URL   send an API service's requests to a backend of your own
  --ready-file FILE    write addresses, certificates and test clients, as JSON
  --out DIR            logs and certificates (default: ${OPTIONS.out.default})
  --help               this text

It runs until it is interrupted.`;

/** `start`: the local gateway, until it is interrupted. */
export const startCommand: Command = {
  summary: 'runs a synthesized environment on this machine',
  async run(args) {
    const options = parse(args);
    if (options.help) {
      process.stdout.write(`${HELP}\n`);
      return 0;
    }
    const gateway = await startLocalGateway({ app: options.app, environment: options.environment, portBase: portOf(options['port-base']), backends: backendsOf(options.backend ?? []), out: options.out });
    if (options['ready-file'] !== undefined) writeFileSync(options['ready-file'], `${JSON.stringify(gateway.endpoints, undefined, 2)}\n`, { mode: 0o600 });
    const client = new LocalClient(gateway.endpoints);
    const lines = await curlLines(client, (domain) => firstTarget(client, domain));
    process.stdout.write(`Ready; interrupt to stop. Put an operation's path in place of PATH (the tokens live for minutes):\n\n${lines.join('\n\n')}\n`);
    await interrupted();
    await gateway.close();
    return 0;
  },
};

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new LocalRefusal('START_OPTION', 'start takes the options that --help lists', (error as Error).message.split('. ')[0] ?? '', '`cdk-api-security start --help`');
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65000) throw new LocalRefusal('START_PORT', 'a port base is a whole number from 0 to 65000', text, '--port-base 8440');
  return port;
}

function backendsOf(pairs: readonly string[]): { [service: string]: string } {
  return Object.fromEntries(pairs.map((pair) => {
    const [, name, url] = /^([a-z][a-z0-9-]*)=(https?:\/\/.+)$/.exec(pair) ?? [];
    if (name === undefined || url === undefined) throw new LocalRefusal('START_BACKEND', 'a backend is NAME=URL', pair, '--backend accounts=http://127.0.0.1:3000');
    return [name, url];
  }));
}

/** Resolves at the first interrupt or termination; a second one ends the process at once. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { resolve(); });
  });
}
