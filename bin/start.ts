import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { reportCommand } from '../lib/evidence/report-command';
import { LocalClient } from '../local/client';
import { startLocalGateway } from '../local/start';
import { Caller } from './demonstration/caller';
import { curlLines } from './demonstration/curl-lines';
import { allAsExpected, Observation, outcomeTable } from './demonstration/outcome-table';
import { REQUEST_CASES } from './demonstration/request-cases';
import { interrupted } from './start-command';

const ENVIRONMENT = 'Test';
const OTHER_ENVIRONMENT = 'Development';
const APP = 'cdk.out';
const OUT = 'out';

/** `npm start`: synthesizes the reference deployment, shows its evidence, runs it here and sends every kind of request through it. */
async function main(keep: boolean): Promise<boolean> {
  say('1. Synthesizing three environments, with rule packs and CloudFormation validation …');
  synthesize();
  say(stamped());
  say(`2. Evidence, computed from the templates (${OUT}/evidence/controls.html) …`);
  reportCommand(['--app', APP, '--out', join(OUT, 'evidence')], say);
  say(`\n3. Starting the ${ENVIRONMENT} environment on this machine …`);
  const gateway = await startLocalGateway({ app: APP, environment: ENVIRONMENT, out: OUT });
  const other = await startLocalGateway({ app: APP, environment: OTHER_ENVIRONMENT, out: OUT, log: () => undefined });
  try {
    const client = new LocalClient(gateway.endpoints);
    const caller = new Caller(client, new LocalClient(other.endpoints));
    say(`\n4. Sending ${REQUEST_CASES.length} requests …`);
    const observations: Observation[] = [];
    for (const request of REQUEST_CASES) observations.push({ request, outcome: await caller.outcome(request) });
    say(outcomeTable(observations, process.stdout.isTTY));
    const right = allAsExpected(observations);
    say(right ? `\nAll ${observations.length} outcomes are the expected ones.` : '\nSOME OUTCOMES ARE NOT THE EXPECTED ONES.');
    if (keep) {
      say(`\nStays up until it is interrupted. Try:\n\n${(await curlLines(client, caller)).join('\n\n')}\n`);
      await interrupted();
    }
    return right;
  } finally {
    await Promise.all([gateway.close(), other.close()]);
  }
}

function synthesize(): void {
  const cdk = join(require.resolve('aws-cdk/package.json'), '..', 'bin', 'cdk');
  const { status } = spawnSync(process.execPath, [cdk, 'synth', '--quiet', '--no-notices', '--output', APP], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('The reference deployment did not synthesize.');
}

function stamped(): string {
  const environments = readdirSync(APP).filter((name) => name.startsWith('assembly-'));
  const lines = environments.map((name) => {
    const templates = readdirSync(join(APP, name)).filter((file) => file.endsWith('.template.json'));
    return `   ${name.slice('assembly-'.length).padEnd(12)} ${String(templates.length).padStart(3)} stacks`;
  });
  return `${lines.join('\n')}\n   No finding is left unacknowledged.\n`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main(process.argv.includes('--keep')).then((right) => { process.exitCode = right ? 0 : 1; });
