import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyResource, EnvironmentAssembly } from '../assembly/environment-assembly';

/** Where the platform puts the files of layers; here they stay where their assets are. */
const LAYERS = '/opt/';

/** Variables of a function, with those that name a file of one of its layers naming it where it is. */
export function withLayerFiles(assembly: EnvironmentAssembly, { properties }: AssemblyResource, variables: { readonly [name: string]: string }): { readonly [name: string]: string } {
  const references = (properties.Layers ?? []) as readonly unknown[];
  const folders = assembly.resources('AWS::Lambda::LayerVersion').filter(({ reference }) => references.includes(reference)).map(({ properties: { Content } }) => {
    const { S3Bucket, S3Key } = Content as { readonly S3Bucket: string; readonly S3Key: string };
    return assembly.asset(S3Bucket, S3Key).path;
  });
  const located = (value: string): string => {
    const files = value.startsWith(LAYERS) ? folders.map((folder) => join(folder, value.slice(LAYERS.length))) : [];
    return files.find((file) => existsSync(file)) ?? value;
  };
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, located(value)]));
}
