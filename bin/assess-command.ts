import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assess, plan } from '../assess/assess';
import { AssessRefusal } from '../assess/assess-refusal';
import type { AssessedEnvironment } from '../assess/assessed-environment';
import { readEnvironment } from '../assess/environment-reader';
import { FAMILIES } from '../assess/families';
import { jsonReport } from '../assess/json-report';
import { junit } from '../assess/junit';
import { LocalTarget } from '../assess/local-target';
import { assessmentResults } from '../assess/oscal';
import { requestInWords } from '../assess/probe-words';
import { inState, type Assessment } from '../assess/result';
import { summaryTable } from '../assess/summary-table';
import type { Target } from '../assess/target';
import { startLocalGateway } from '../local/start';
import { remoteTarget, readyTarget } from './assess-target';
import type { Command } from './command';

/** What a target bears without being told otherwise. */
const RATES = { local: 100, remote: 5 };
const OPTIONS = {
  'app': { type: 'string', default: 'cdk.out' },
  'environment': { type: 'string' },
  'target': { type: 'string', multiple: true },
  'domain': { type: 'string' },
  'ca': { type: 'string' },
  'certificate': { type: 'string' },
  'key': { type: 'string' },
  'token-endpoint': { type: 'string' },
  'client': { type: 'string' },
  'client-secret-env': { type: 'string' },
  'api-key-env': { type: 'string' },
  'intrusive': { type: 'boolean', default: false },
  'honeypots': { type: 'boolean', default: false },
  'family': { type: 'string', multiple: true },
  'rate': { type: 'string' },
  'budget': { type: 'string', default: '3000' },
  'list': { type: 'boolean', default: false },
  'out': { type: 'string', default: 'out/assessment' },
  'help': { type: 'boolean', default: false },
} as const;

/** The options as they were given. */
export type AssessArguments = ReturnType<typeof parse>;

const HELP = `Usage: cdk-api-security assess [options]

Assesses a gateway from outside against what its synthesized assembly promises:
every API, operation and refusal, TLS, certificates, headers, CORS, limits.

  --app DIR            what cdk synth wrote (default: ${OPTIONS.app.default})
  --environment NAME   which one; needed where the assembly holds several
  --target TARGET      local (default): starts the local gateway for this;
                       FILE: what start --ready-file wrote;
                       URL, or DOMAIN=URL for each security domain: deployed
  --domain NAME        security domain of a URL (default: by its host name)

As whom, for a URL; what needs credentials that are not given is skipped:
  --ca FILE            who issues its certificate (default: whom Node.js trusts)
  --certificate FILE   client certificate, PEM; --key FILE its private key
  --token-endpoint URL where --client ID gets tokens (client credentials)
  --client-secret-env NAME, --api-key-env NAME
                       environment variables that hold its secret and API key

How much:
  --intrusive          also what costs the gateway more than a request: bodies
                       and headers above their limit, nesting, consumer rates
  --honeypots          also the honeypots, which alarms, and blocks the address
                       that it is run from where the domain blocks
  --family NAME        only this one, repeatable:
${familyLines().join('\n')}
  --rate N             requests a second at most (local: ${RATES.local}, a URL: ${RATES.remote})
  --budget N           requests at most (default: ${OPTIONS.budget.default})
  --list               prints the cases and sends nothing
  --out DIR            where assessment.json, junit.xml and the OSCAL file
                       assessment-results.json go (default: ${OPTIONS.out.default})
  --help               this text

No valid write is sent. Exit code 0 where nothing failed, 1 where a case did.`;

/** `assess`: the black-box assessment suite. */
export const assessCommand: Command = {
  summary: 'assesses a gateway from outside, by what its assembly promises',
  async run(args) {
    const options = parse(args);
    if (options.help) {
      process.stdout.write(`${HELP}\n`);
      return 0;
    }
    const bounds = { intrusive: options.intrusive, honeypots: options.honeypots, budget: wholeNumber('budget', options.budget), families: families(options.family) };
    const chosen = rate(options);
    const environment = readEnvironment(options.app, options.environment);
    if (options.list) {
      process.stdout.write(listed(environment, options.target === undefined || isLocal(options.target) ? { endpoint: () => LISTED } : targetOf(options, environment), bounds));
      return 0;
    }
    const target = await startedTarget(options, environment);
    try {
      const assessment = await assess(environment, target, { ...bounds, rate: chosen, progress: progress() });
      const files = written(options.out, assessment);
      process.stdout.write(`${summaryTable(assessment, process.stdout.isTTY)}\n\n${files.map((file) => `wrote ${file}`).join('\n')}\n`);
      return inState(assessment.results, 'failed').length > 0 ? 1 : 0;
    } finally {
      await target.close?.();
    }
  },
};

/** Names of the families, three in a line. */
function familyLines(): string[] {
  const names = FAMILIES.map(({ name }) => name);
  return [0, 3, 6, 9, 12].map((start) => `${' '.repeat(23)}${names.slice(start, start + 3).join(', ')}`);
}

/** Any address will do: nothing is sent. */
const LISTED = { address: '', port: 0, hostName: '' };

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new AssessRefusal('ASSESS_OPTION', 'assess takes the options that --help lists', (error as Error).message.split('. ')[0] ?? '', '`cdk-api-security assess --help`');
  }
}

function isLocal(target: readonly string[]): boolean {
  return target.length === 1 && target[0] === 'local';
}

async function startedTarget(options: AssessArguments, environment: AssessedEnvironment): Promise<Target> {
  if (options.target !== undefined && !isLocal(options.target)) return targetOf(options, environment);
  // Its private keys and logs are no part of the evidence.
  const scratch = mkdtempSync(join(tmpdir(), 'assess-'));
  const remove = (): void => rmSync(scratch, { recursive: true, force: true });
  try {
    const gateway = await startLocalGateway({ app: options.app, environment: options.environment, out: scratch, log: () => undefined });
    return new LocalTarget('local', gateway.endpoints, () => gateway.close().finally(remove));
  } catch (error) {
    remove();
    throw error;
  }
}

function targetOf(options: AssessArguments, environment: AssessedEnvironment): Target {
  const [only = '', ...more] = options.target ?? [];
  return more.length === 0 && !only.includes('://') ? readyTarget(only) : remoteTarget(options, environment);
}

function rate({ rate: text, target }: AssessArguments): number {
  if (text !== undefined) return wholeNumber('rate', text);
  return (target ?? ['local']).some((one) => one.includes('://')) ? RATES.remote : RATES.local;
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000) throw new AssessRefusal(`ASSESS_${name.toUpperCase()}`, `a ${name} is a whole number from 1 to 100000`, text, `--${name} 50`);
  return value;
}

function families(names: readonly string[] | undefined): readonly string[] | undefined {
  const unknown = names?.find((name) => !FAMILIES.some((family) => family.name === name));
  if (unknown !== undefined) throw new AssessRefusal('ASSESS_FAMILY', `a family is ${FAMILIES.map(({ name }) => name).join(', ')}`, unknown, '--family transport');
  return names;
}

function listed(environment: AssessedEnvironment, target: Pick<Target, 'endpoint'>, bounds: Parameters<typeof plan>[2]): string {
  const { sent, left } = plan(environment, target, bounds);
  const lines = sent.map(({ id, probe }) => `${id}\n    ${requestInWords(probe)}`);
  return `${[...lines, ...left.map(({ case: { id }, reason }) => `${id}\n    not sent: ${reason}`), '', `${sent.length} cases, and ${left.length} that are not sent.`].join('\n')}\n`;
}

function written(out: string, assessment: Assessment): string[] {
  const contents = {
    'assessment.json': jsonReport(assessment),
    'junit.xml': junit(assessment),
    'assessment-results.json': `${JSON.stringify(assessmentResults(assessment), undefined, 2)}\n`,
  };
  mkdirSync(out, { recursive: true });
  return Object.entries(contents).map(([name, content]) => {
    writeFileSync(join(out, name), content);
    return join(out, name);
  });
}

/** One line that is written over, on a terminal only. */
function progress(): ((done: number, of: number) => void) | undefined {
  if (!process.stderr.isTTY) return undefined;
  return (done, of) => process.stderr.write(done === of ? '\r\u001b[K' : `\r${done} of ${of} cases`);
}
