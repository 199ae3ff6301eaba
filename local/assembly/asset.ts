import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** A file asset: where deployment puts it, and the file or directory it is made of. */
export interface Asset {
  readonly bucketName: string;
  readonly objectKey: string;
  /** Absolute path of a file, or of a directory where `packaging` is `zip`. */
  readonly path: string;
  readonly packaging: 'file' | 'zip';
}

interface AssetManifest {
  readonly files?: {
    readonly [hash: string]: {
      readonly source: { readonly path?: string; readonly packaging?: 'file' | 'zip' };
      readonly destinations: { readonly [id: string]: { readonly bucketName: string; readonly objectKey: string } };
    };
  };
}

/**
 * Reads the file assets of one `*.assets.json`; source paths are relative to the manifest's directory.
 *
 * @param file absolute path of the manifest
 * @param environment replaces the account and Region placeholders of environment-agnostic stacks
 */
export function readAssets(file: string, environment: { readonly account: string; readonly region: string }): Asset[] {
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as AssetManifest;
  const concrete = (text: string): string => text
    .replaceAll('${AWS::AccountId}', environment.account)
    .replaceAll('${AWS::Region}', environment.region)
    .replaceAll('${AWS::Partition}', 'aws');
  return Object.values(manifest.files ?? {}).flatMap(({ source, destinations }) => source.path === undefined ? [] :
    Object.values(destinations).map((destination) => ({
      bucketName: concrete(destination.bucketName),
      objectKey: concrete(destination.objectKey),
      path: resolve(dirname(file), source.path!),
      packaging: source.packaging ?? 'file',
    })));
}
