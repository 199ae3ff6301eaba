// Bundles carry other people's code: this collects its licences, from what was really bundled.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the notice for the packages behind the inputs of these esbuild metafiles. */
export function writeThirdPartyNotice(metafiles, file) {
  const inputs = metafiles.flatMap(({ inputs: names }) => Object.keys(names));
  const folders = [...new Set(inputs.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []))].sort();
  writeFileSync(file, `Code of these packages is bundled in this one.\n\n${folders.map(notice).join('\n')}`);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const text = readdirSync(folder).find((file) => /^(licen[cs]e|copying)/i.test(file));
  const body = text === undefined || !existsSync(join(folder, text)) ? '' : readFileSync(join(folder, text), 'utf8').trim();
  return `${'─'.repeat(80)}\n${name} ${version} (${license})\n${'─'.repeat(80)}\n${body}\n`;
}
