import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';

/** Runs the built command line as a user does. */
function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/bin/cdk-api-security.js', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

mkdirSync('out', { recursive: true });
writeFileSync('out/no-bodies.json', JSON.stringify({ openapi: '3.0.3', info: { title: 'None', version: '1' }, paths: { '/a': { get: { responses: { 200: { description: 'done' } } } } } }));

test.each([[], ['--help'], ['help']])('lists its commands for %s', (...args) => {
  const { status, stdout } = run(...args);
  expect([status, stdout]).toEqual([0, expect.stringMatching(/ {2}init .*\n {2}start .*\n {2}token .*\n {2}assess .*\n {2}report .*\n {2}validators /)]);
});

test.each([['init', 'DIR'], ['start', '--app DIR'], ['token', '--ready-file FILE'], ['assess', '--target TARGET'], ['report', '--app DIR'], ['validators', '--service NAME']])('explains every option of %s within 80 columns', (command, option) => {
  const { status, stdout } = run(command, '--help');
  expect(status).toBe(0);
  expect(stdout).toContain(option);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test.each([
  [['deploy'], "COMMAND: a command is init or start or token or assess or report or validators, got 'deploy'; write cdk-api-security --help\n"],
  [['init'], 'INIT_FOLDER: init takes one folder, got none; write cdk-api-security init my-apis\n'],
  [['init', 'dist'], 'INIT_FOLDER: an app starts in a new or empty folder, got dist, which holds files; write the path of a folder that does not exist yet\n'],
  [['init', 'out/My App'], 'INIT_NAME: an app is named as npm packages are: lower case letters, digits, ., _ and -, got My App; write cdk-api-security init my-apis\n'],
  [['token', '--ready-file', 'nowhere'], 'TOKEN_READY_FILE: a token comes from a running local gateway, got nowhere; write `cdk-api-security start --ready-file out/ready.json` in another terminal, and --ready-file out/ready.json here\n'],
  [['start', '--port-base', 'x'], 'START_PORT: a port base is a whole number from 0 to 65000, got x; write --port-base 8440\n'],
  [['validators', 'openapi.yaml'], 'VALIDATORS_OPTION: validators takes one document, the name of its service and the options that --help lists, got openapi.yaml; write cdk-api-security validators openapi.yaml --service orders\n'],
  [['validators', 'out/no-bodies.json', '--service', 'none'], 'VALIDATORS_DOCUMENT: an operation takes a JSON body that has a schema, got none in out/no-bodies.json; write a document with one, or nothing: no validators are needed\n'],
  [['start', '--backend', 'accounts'], 'START_BACKEND: a backend is NAME=URL, got accounts; write --backend accounts=http://127.0.0.1:3000\n'],
])('answers the mistake %j with one line and exit code 2', (args, message) => {
  expect(run(...args)).toMatchObject({ status: 2, stderr: message });
});

test.each([['start', '--nope'], ['report', '--nope'], ['init', '--nope'], ['token', '--nope'], ['assess', '--nope'], ['validators', '--nope'], ['start', '--app', 'nowhere'], ['assess', '--app', 'nowhere'], ['report', '--app', 'nowhere']])('answers %s %s with a code and no stack trace', (...args) => {
  const { status, stderr } = run(...args);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^[A-Z_]+: .+, got .+; write .+\n$/);
});

test('ends quietly when its reader does', () => {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" dist/bin/cdk-api-security.js --help | head -n 1`], { encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([0, 'Usage: cdk-api-security COMMAND [options]\n', '']);
});
