import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LocalRefusal } from '../local-refusal';
import { readAssets } from './asset';
import type { Stack } from './stack';
import type { Template } from './template';

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly properties?: { readonly templateFile?: string; readonly directoryName?: string; readonly file?: string; readonly stackName?: string };
}

// Stands in for the account and Region that an environment-agnostic stack leaves open.
const UNKNOWN = { account: '000000000000', region: 'ap-southeast-2' };

/**
 * Reads the stacks of one environment of a cloud assembly, that is, of its nested assembly of that name.
 *
 * An assembly without nested assemblies is one environment and needs no name.
 *
 * @throws LocalRefusal where there is no assembly, or no such environment in it
 */
export function readStacks(app: string, environment?: string): Stack[] {
  const root = resolve(app);
  const nested = Object.entries(artifactsOf(root)).filter(([, artifact]) => artifact.type === 'cdk:cloud-assembly')
    .map(([id, artifact]) => ({ name: id.replace(/^assembly-/, ''), displayName: artifact.displayName, directory: join(root, artifact.properties?.directoryName ?? id) }));
  if (nested.length === 0) return stacksIn(root);
  const chosen = nested.find(({ name, displayName }) => name === environment || displayName === environment)
    ?? (environment === undefined && nested.length === 1 ? nested[0] : undefined);
  if (chosen === undefined) {
    throw new LocalRefusal('LOCAL_ENVIRONMENT', 'an environment is a nested assembly of the app', environment ?? 'no name',
      `--environment with one of ${nested.map(({ name }) => name).join(', ')}`);
  }
  return stacksIn(chosen.directory);
}

/** Names of the environments (nested assemblies) of a cloud assembly. */
export function environmentNames(app: string): string[] {
  return Object.entries(artifactsOf(resolve(app))).filter(([, artifact]) => artifact.type === 'cdk:cloud-assembly')
    .map(([id]) => id.replace(/^assembly-/, ''));
}

function artifactsOf(directory: string): { readonly [id: string]: Artifact } {
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) {
    throw new LocalRefusal('LOCAL_ASSEMBLY', 'a cloud assembly is a directory with a manifest.json', directory, '--app cdk.out after `cdk synth`');
  }
  return (JSON.parse(readFileSync(file, 'utf8')) as { artifacts?: { [id: string]: Artifact } }).artifacts ?? {};
}

function stacksIn(directory: string): Stack[] {
  return Object.entries(artifactsOf(directory)).flatMap(([id, artifact]) => {
    const { properties, type } = artifact;
    if (type === 'cdk:cloud-assembly') return stacksIn(join(directory, properties?.directoryName ?? id));
    if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) return [];
    const [account, region] = (artifact.environment ?? '').replace('aws://', '').split('/');
    const environment = {
      account: account && account !== 'unknown-account' ? account : UNKNOWN.account,
      region: region && region !== 'unknown-region' ? region : UNKNOWN.region,
    };
    const assets = join(directory, `${id}.assets.json`);
    return [{
      name: properties.stackName ?? id,
      ...environment,
      template: JSON.parse(readFileSync(join(directory, properties.templateFile), 'utf8')) as Template,
      assets: existsSync(assets) ? readAssets(assets, environment) : [],
    }];
  });
}
