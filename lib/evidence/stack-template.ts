import { dirname, join } from 'node:path';
import type { RecordedException } from '../contract/recorded-exception';
import type { Export, Home, Resource } from './assembly';
import { assetDocuments, type AssetFiles } from './asset-document';
import { jsonFile } from './json-file';

/** Type under which a stack itself is a resource: its properties are account, Region, termination protection and granted exceptions. */
export const STACK_TYPE = 'aws:cdk:stack';

/** A stack, apart from its template. */
export interface DeployedStack {
  /** Display path: `Production/Edge`. */
  readonly name: string;
  readonly home: Home;
  readonly terminationProtection: unknown;
  /** What its environment was allowed beyond the rules. */
  readonly exceptions: readonly RecordedException[];
}

/** What a stack and the stacks nested in it say. */
export interface StackTemplate {
  readonly resources: readonly Resource[];
  readonly exports: readonly (readonly [name: string, value: Export])[];
}

/** A resource as a template has it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name?: unknown } }>>;
}

/** Reads the template of a stack, and those nested in it; paths are relative to the assembly. */
export function readStack(root: string, template: string, stack: DeployedStack, files: AssetFiles): StackTemplate {
  const { name, home, terminationProtection, exceptions } = stack;
  const granted = Object.fromEntries(exceptions.map(({ rule }) => [rule, exceptions.filter((one) => one.rule === rule).map(({ subject }) => subject)]));
  const properties = { ...home, environment: `${home.account}/${home.region}`, terminationProtection, $exceptions: granted };
  const { resources, exports } = readTemplate(root, template, { name, home }, files);
  return { resources: [{ logicalId: name, type: STACK_TYPE, properties, stack: name, template, home }, ...resources], exports };
}

function readTemplate(root: string, template: string, stack: Pick<DeployedStack, 'name' | 'home'>, files: AssetFiles): StackTemplate {
  const { name, home } = stack;
  const { Resources = {}, Outputs = {} } = jsonFile(join(root, template)) as Template;
  const place = { files, home, resources: Resources };
  const own = Object.entries(Resources).map(([logicalId, { Type: type, Properties = {}, DeletionPolicy, Metadata }]) => {
    const properties = { ...Properties, ...assetDocuments(logicalId, type, Properties, place), $deletionPolicy: DeletionPolicy, $metadata: Metadata };
    return { logicalId, type, properties, stack: name, template, home };
  });
  const nested = Object.entries(Resources).flatMap(([logicalId, { Type: type, Metadata = {} }]) => {
    const path = type === 'AWS::CloudFormation::Stack' ? Metadata['aws:asset:path'] : undefined;
    return typeof path === 'string' ? [readTemplate(root, join(dirname(template), path), { name: `${name}/${logicalId}`, home }, files)] : [];
  });
  const exports = Object.values(Outputs).map(({ Value: value, Export }) => [String(Export?.Name), { stack: name, value }] as const);
  return { resources: [...own, ...nested.flatMap(({ resources }) => resources)], exports: [...exports, ...nested.flatMap((one) => one.exports)] };
}
