import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyResource, EnvironmentAssembly } from '../assembly/environment-assembly';
import { LocalRefusal } from '../local-refusal';
import { withLayerFiles } from './layer-files';

/** A Lambda function as the assembly declares it. */
export interface LambdaFunction {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Directory with the code. */
  readonly directory: string;
  readonly handler: string;
  readonly environment: { readonly [name: string]: string };
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}

interface Code { readonly S3Bucket?: string; readonly S3Key?: string; readonly ZipFile?: string }

/**
 * Reads a function resource.
 *
 * @param scratch directory where code that stands in the template is written
 * @throws LocalRefusal for container images and for runtimes other than Node.js
 */
export function lambdaFunction(assembly: EnvironmentAssembly, resource: AssemblyResource, scratch: string): LambdaFunction {
  const { properties, stack } = resource;
  const runtime = String(properties.Runtime ?? 'a container image');
  if (!runtime.startsWith('nodejs')) {
    throw new LocalRefusal('LOCAL_FUNCTION', `function ${resource.logicalId} runs on Node.js`, runtime, 'Runtime: nodejs24.x, or a --backend that stands in for it');
  }
  const variables = (properties.Environment as { readonly Variables?: { readonly [name: string]: unknown } } | undefined)?.Variables ?? {};
  return {
    arn: resource.attribute('Arn'),
    name: resource.reference,
    account: stack.account,
    region: stack.region,
    directory: codeDirectory(assembly, resource, scratch),
    handler: String(properties.Handler),
    environment: withLayerFiles(assembly, resource, Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]))),
    timeoutSeconds: Number(properties.Timeout ?? 3),
    memoryMegabytes: Number(properties.MemorySize ?? 128),
  };
}

function codeDirectory(assembly: EnvironmentAssembly, { properties, logicalId }: AssemblyResource, scratch: string): string {
  const code = properties.Code as Code;
  if (code.S3Key !== undefined) {
    const asset = assembly.asset(code.S3Bucket ?? '', code.S3Key);
    if (asset.path.endsWith('.zip')) {
      throw new LocalRefusal('LOCAL_FUNCTION', `the code of function ${logicalId} is a directory asset`, asset.path, 'Code.fromAsset of a directory');
    }
    return asset.path;
  }
  const directory = join(scratch, logicalId);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'index.js'), code.ZipFile ?? '');
  return directory;
}
