import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readAssembly } from '../lib/evidence/assembly';
import { openFindings } from '../lib/evidence/open-findings';
import { reportCommand } from '../lib/evidence/report-command';
import { LocalClient } from '../local/client';
import { startLocalGateway } from '../local/start';
import { curlLines } from './curl-lines';
import { Caller } from './demonstration/caller';
import { stampedTable } from './demonstration/stamped-table';
import { allAsExpected, Observation, outcomeTable } from './demonstration/outcome-table';
import { REQUEST_CASES } from './demonstration/request-cases';
import { UPLOAD_CASES } from './demonstration/upload-cases';
import { Uploader } from './demonstration/uploader';
import { interrupted } from './start-command';

const ENVIRONMENT = 'Test';
const OTHER_ENVIRONMENT = 'Development';
const APP = 'cdk.out';
const OUT = 'out';

/** `npm start`: synthesizes the reference deployment, shows its evidence, runs it here and sends every kind of request through it. */
async function main(keep: boolean): Promise<boolean> {
  say('1. Synthesizing three environments under rule packs and validation …');
  synthesize();
  say(`${stampedTable(readAssembly(APP), openFindings(APP))}\n`);
  say(`2. Evidence, computed from the templates (${OUT}/evidence/controls.html) …`);
  reportCommand(['--app', APP, '--out', join(OUT, 'evidence')], say);
  say(`\n3. Starting the ${ENVIRONMENT} environment on this machine …`);
  const gateway = await startLocalGateway({ app: APP, environment: ENVIRONMENT, out: OUT });
  const other = await startLocalGateway({ app: APP, environment: OTHER_ENVIRONMENT, out: OUT, log: () => undefined });
  try {
    const client = new LocalClient(gateway.endpoints);
    const caller = new Caller(client, new LocalClient(other.endpoints));
    say(`\n4. Sending ${REQUEST_CASES.length} requests and ${UPLOAD_CASES.length} files …`);
    const observations: Observation[] = [];
    for (const request of REQUEST_CASES) observations.push({ request, outcome: await caller.outcome(request) });
    observations.push(...await new Uploader(client).observations(UPLOAD_CASES));
    say(outcomeTable(observations, process.stdout.isTTY));
    const right = allAsExpected(observations);
    say(right ? `\nAll ${observations.length} outcomes are the expected ones.` : '\nSOME OUTCOMES ARE NOT THE EXPECTED ONES.');
    if (keep) {
      const lines = await curlLines(client, (domain) => ({ client: caller.client(domain), scopes: ['rates:read'], path: '/rates/interest' }));
      say(`\nStays up until it is interrupted; its logs are in ${OUT}/${ENVIRONMENT}. Try (the tokens live 5 minutes):\n\n${lines.join('\n\n')}\n`);
      await interrupted();
    }
    return right;
  } finally {
    await Promise.all([gateway.close(), other.close()]);
  }
}

function synthesize(): void {
  const cdk = join(require.resolve('aws-cdk/package.json'), '..', 'bin', 'cdk');
  const { status, stderr } = spawnSync(process.execPath, [cdk, 'synth', '--quiet', '--no-notices', '--output', APP], { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status === 0) return;
  process.stderr.write(stderr);
  process.exit(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main(process.argv.includes('--keep')).then((right) => { process.exitCode = right ? 0 : 1; });
