import { setTimeout } from 'node:timers/promises';
import type { EnvironmentAssembly } from '../assembly/environment-assembly';
import type { TemplateObject } from '../assembly/template';
import type { FunctionInvoker } from '../rest-api/invocation';
import { assertEmulated, type BucketStatement } from './bucket-policy';
import { eventTargets } from './event-rules';
import { scan } from './malware-scanner';
import { ObjectStorage, type ObjectVersion } from './object-storage';

/** Attempts of Lambda to handle an asynchronous event, and the pause between them, which is minutes there. */
const ATTEMPTS = 3;
const PAUSE_MILLISECONDS = 500;

/** What file buckets are run with. */
export interface FileBucketsProps {
  readonly assembly: EnvironmentAssembly;
  readonly storage: ObjectStorage;
  readonly functions: FunctionInvoker;
  /** Takes what became of events that no function handled. */
  readonly log: (text: string) => void;
}

/** Creates the buckets that functions name in their environment, empty; uploads to one with a malware protection plan are scanned. @returns the names of those */
export function createFileBuckets(props: FileBucketsProps): string[] {
  const { assembly, storage } = props;
  const named = new Set(assembly.resources('AWS::Lambda::Function').flatMap(({ properties }) => Object.values((properties.Environment as { readonly Variables?: object } | undefined)?.Variables ?? {}) as string[]));
  const plans = assembly.resources('AWS::GuardDuty::MalwareProtectionPlan');
  const buckets = assembly.resources('AWS::S3::Bucket').filter(({ reference }) => named.has(reference));
  for (const { reference: name } of buckets) {
    const plan = plans.find(({ properties }) => protectedBucket(properties) === name);
    const onCreated = plan && ((version: ObjectVersion): void => { void scan(plan, name, version).then((event) => deliver(props, event)); });
    storage.add(name, { statements: statementsOf(assembly, name), ...onCreated && { onCreated } });
  }
  return plans.map(({ properties }) => protectedBucket(properties));
}

/** ARN of the role of each function, by the function's name, which is the access key that it signs with here. */
export function rolesOf(assembly: EnvironmentAssembly): (accessKey: string) => string | undefined {
  const roles = new Map(assembly.resources('AWS::Lambda::Function').map(({ reference, properties }) => [reference, String(properties.Role)]));
  return (accessKey) => roles.get(accessKey);
}

function protectedBucket({ ProtectedResource }: TemplateObject): string {
  return (ProtectedResource as unknown as { readonly S3Bucket: { readonly BucketName: string } }).S3Bucket.BucketName;
}

function statementsOf(assembly: EnvironmentAssembly, bucket: string): BucketStatement[] {
  const statements = assembly.resources('AWS::S3::BucketPolicy').filter(({ properties }) => properties.Bucket === bucket)
    .flatMap(({ properties }) => (properties.PolicyDocument as unknown as { readonly Statement: readonly BucketStatement[] }).Statement);
  assertEmulated(statements);
  return statements;
}

async function deliver({ assembly, functions, log }: FileBucketsProps, event: TemplateObject): Promise<void> {
  for (const target of eventTargets(assembly, event)) {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const outcome = await functions.invoke(target, event);
      if (!('error' in outcome)) break;
      if (attempt === ATTEMPTS) log(`${JSON.stringify({ type: 'event-given-up', target, error: outcome.error, event })}\n`);
      else await setTimeout(PAUSE_MILLISECONDS);
    }
  }
}
