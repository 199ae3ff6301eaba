import { createHash } from 'crypto';
import { mkdirSync, writeFileSync } from 'fs';
import { join, relative } from 'path';
import { FileAssetLocation, FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Writes a file straight into the cloud assembly as an asset.
 *
 * The name is the hash of the content, so the asset is written once, and a change of content is a change of the template.
 *
 * @param extension with its dot: `.json`
 */
export function generatedFile(scope: IConstruct, content: string, extension: string): FileAssetLocation {
  const hash = createHash('sha256').update(content).digest('hex');
  const file = join(assemblyFolder(scope), `asset.${hash}${extension}`);
  writeFileSync(file, content);
  return addAsset(scope, file, hash, FileAssetPackaging.FILE);
}

/** Writes a folder of files into the cloud assembly, to be published as one zip. */
export function generatedFolder(scope: IConstruct, files: { readonly [name: string]: string | Buffer }): FileAssetLocation {
  const hash = createHash('sha256');
  const entries = Object.entries(files).sort(([left], [right]) => (left < right ? -1 : 1));
  for (const [name, content] of entries) hash.update(`${name}\0${Buffer.byteLength(content)}\0`).update(content);
  const digest = hash.digest('hex');
  const folder = join(assemblyFolder(scope), `asset.${digest}`);
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of entries) writeFileSync(join(folder, name), content);
  return addAsset(scope, folder, digest, FileAssetPackaging.ZIP_DIRECTORY);
}

function assemblyFolder(scope: IConstruct): string {
  const stage = Stage.of(scope);
  if (stage === undefined) throw new Error('An asset is generated inside an App or a Stage only.');
  return stage.assetOutdir;
}

function addAsset(scope: IConstruct, path: string, sourceHash: string, packaging: FileAssetPackaging): FileAssetLocation {
  const outdir = Stage.of(scope)?.outdir ?? '.';
  return Stack.of(scope).synthesizer.addFileAsset({ fileName: relative(outdir, path), sourceHash, packaging });
}
