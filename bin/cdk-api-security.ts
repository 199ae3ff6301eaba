#!/usr/bin/env node
import { reportCommand } from '../lib/evidence/report-command';
import { assessCommand } from './assess-command';
import { Command, runCommand } from './command';
import { initCommand } from './init-command';
import { startCommand } from './start-command';
import { tokenCommand } from './token-command';
import { validatorsCommand } from './validators-command';

const COMMANDS: Readonly<Record<string, Command>> = {
  init: initCommand,
  start: startCommand,
  token: tokenCommand,
  assess: assessCommand,
  report: { summary: 'writes the evidence of a synthesized assembly', run: (args) => reportCommand(args, (line) => process.stdout.write(`${line}\n`)) },
  validators: validatorsCommand,
};

const HELP = `Usage: cdk-api-security COMMAND [options]

${Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

cdk-api-security COMMAND --help tells the options. cdk synth makes the assembly.
`;

async function main([word, ...args]: readonly string[]): Promise<number> {
  const command = word === undefined ? undefined : COMMANDS[word];
  if (command !== undefined) return runCommand(command, args);
  const asked = word === undefined || word === '--help' || word === 'help';
  (asked ? process.stdout : process.stderr).write(asked ? HELP : `COMMAND: a command is ${Object.keys(COMMANDS).join(' or ')}, got '${word}'; write cdk-api-security --help\n`);
  return asked ? 0 : 2;
}

// A reader that has seen enough, as head does, is no failure.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));
void main(process.argv.slice(2)).then((code) => { process.exitCode = code; });
