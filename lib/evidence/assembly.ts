import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { RECORDED_EXCEPTION, type RecordedException } from '../contract/recorded-exception';
import type { AssetFiles } from './asset-document';
import { EvidenceError } from './evidence-error';
import { jsonFile } from './json-file';
import { readStack, type DeployedStack } from './stack-template';

/** One resource of a synthesized template. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** Template properties; below `$body`, `$operations`, `$gatewayResponses`, `$configuration`, `$checksParameters`, `$unappliedPolicies` and `$trustStore` what its assets say, and `$deletionPolicy` and `$metadata`. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Display path of its stack: `Production/Edge`. */
  readonly stack: string;
  /** Template file, relative to the assembly. */
  readonly template: string;
  /** Where its stack is deployed to; nothing is known of a stack that is not tied to an account and Region. */
  readonly home: Home;
}

/** The account and Region of a stack. */
export interface Home {
  readonly account?: string;
  readonly region?: string;
}

/** A value that a stack exports. */
export interface Export {
  /** Display path of the stack that exports it. */
  readonly stack: string;
  readonly value: unknown;
}

/** A finding that was accepted with a reason. */
export interface Acknowledgement {
  readonly environment: string;
  readonly construct: string;
  readonly rule: string;
  readonly reason: string;
}

/** What one environment's nested assembly stamps. */
export interface StampedEnvironment {
  readonly name: string;
  readonly resources: readonly Resource[];
  /** What stacks hand to each other, by export name. */
  readonly exports: ReadonlyMap<string, Export>;
  readonly acknowledgements: readonly Acknowledgement[];
  /** What the declaration was allowed beyond the library's rules. */
  readonly exceptions: readonly EnvironmentException[];
}

/** The name under which the demonstration imports it. */

/** An exception, and the environment that it holds in. */
export interface EnvironmentException extends RecordedException {
  readonly environment: string;
}

/** A synthesized cloud assembly, reduced to what evidence is computed from. */
export interface Assembly {
  readonly environments: readonly StampedEnvironment[];
}

/**
 * Reads a synthesized cloud assembly.
 *
 * Every nested assembly is an environment. An app without any is one environment by itself; beside
 * environments, stacks of the app itself belong to none and are left out.
 */
export function readAssembly(directory: string): Assembly {
  if (!existsSync(join(directory, 'manifest.json'))) throw new EvidenceError('EVIDENCE_ASSEMBLY', `${directory} without a manifest.json`);
  const environments = nestedAssemblies(directory, '');
  const found = environments.length > 0 ? environments : [readEnvironment(directory, '', 'App')];
  if (!found.some(({ resources }) => resources.length > 0)) throw new EvidenceError('EVIDENCE_ASSEMBLY', `${directory} without a stack`);
  return { environments: found.sort((a, b) => compare(a.name, b.name)) };
}

/** Order by code unit: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly additionalMetadataFile?: string;
  readonly metadata?: Metadata;
  readonly properties?: Readonly<Record<string, unknown>>;
}

type Metadata = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;

function nestedAssemblies(root: string, path: string): StampedEnvironment[] {
  return artifacts(join(root, path)).filter(([, { type }]) => type === 'cdk:cloud-assembly').flatMap(([id, artifact]) => {
    const nested = join(path, String(artifact.properties?.directoryName ?? id));
    const name = String(artifact.properties?.displayName ?? id.replace(/^assembly-/, ''));
    return [readEnvironment(root, nested, name), ...nestedAssemblies(root, nested)].filter(({ resources }) => resources.length > 0);
  });
}

function readEnvironment(root: string, path: string, name: string): StampedEnvironment {
  const found = artifacts(join(root, path));
  const files = assetFiles(join(root, path), found);
  const stacks = found.filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const read = stacks.map(([id, artifact]) => readStack(root, join(path, String(artifact.properties?.templateFile)), stackOf(id, artifact, exceptions(join(root, path), name, artifact)), files));
  return {
    name,
    resources: read.flatMap(({ resources }) => resources),
    exports: new Map(read.flatMap(({ exports }) => exports)),
    acknowledgements: stacks.flatMap(([, artifact]) => acknowledgements(join(root, path), name, artifact)),
    exceptions: stacks.flatMap(([, artifact]) => exceptions(join(root, path), name, artifact)),
  };
}

function stackOf(id: string, artifact: Artifact, granted: readonly RecordedException[]): DeployedStack {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(artifact.environment ?? '') ?? [];
  return {
    name: artifact.displayName ?? String(artifact.properties?.stackName ?? id),
    home: { account, region },
    terminationProtection: artifact.properties?.terminationProtection,
    exceptions: granted,
  };
}

function artifacts(directory: string): [string, Artifact][] {
  const manifest = jsonFile(join(directory, 'manifest.json')) as Manifest;
  return Object.entries(manifest.artifacts ?? {}).sort(([a], [b]) => compare(a, b));
}

function assetFiles(directory: string, found: readonly [string, Artifact][]): AssetFiles {
  const files = new Map<string, string>();
  for (const [, artifact] of found.filter(([, { type }]) => type === 'cdk:asset-manifest')) {
    const manifest = jsonFile(join(directory, String(artifact.properties?.file))) as AssetManifest;
    for (const { source, destinations } of Object.values(manifest.files ?? {})) {
      for (const { objectKey } of Object.values(destinations)) if (source.path) files.set(basename(objectKey), join(directory, source.path));
    }
  }
  return files;
}

interface AssetManifest {
  readonly files?: Readonly<Record<string, { readonly source: { readonly path?: string }; readonly destinations: Readonly<Record<string, { readonly objectKey: string }>> }>>;
}

/** `Annotation::` is what the CDK puts before the id of a rule that names no plugin. */
function acknowledgements(directory: string, environment: string, artifact: Artifact): Acknowledgement[] {
  return metadataEntries(directory, artifact, 'aws:cdk:acknowledged-rules')
    .flatMap(({ construct, data }) => Object.entries((data ?? {}) as Record<string, string>).map(([rule, reason]) => ({ construct, rule, reason })))
    .map(({ construct, rule, reason }) => ({ environment, construct, rule: rule.replace(/^Annotation::/, ''), reason }));
}

function exceptions(directory: string, environment: string, artifact: Artifact): EnvironmentException[] {
  return metadataEntries(directory, artifact, RECORDED_EXCEPTION).map(({ data }) => ({ environment, ...(data as RecordedException) }));
}

function metadataEntries(directory: string, artifact: Artifact, wanted: string): { construct: string; data: unknown }[] {
  const file = artifact.additionalMetadataFile;
  const metadata: Metadata = { ...artifact.metadata, ...(file === undefined ? {} : jsonFile(join(directory, file)) as Metadata) };
  return Object.entries(metadata).flatMap(([construct, entries]) => entries
    .filter(({ type }) => type === wanted)
    .map(({ data }) => ({ construct: construct.replace(/^\//, ''), data })));
}
