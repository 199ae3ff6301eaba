import { randomUUID } from 'node:crypto';
import { STORED_TRUST_STORE_TYPE, type DeclaredAuthorities } from '../../lib/contract/stored-trust-store';
import type { AssemblyResource, EnvironmentAssembly } from '../assembly/environment-assembly';
import { LocalRefusal } from '../local-refusal';
import { loopbackServer } from '../loopback-server';
import type { FunctionInvoker } from '../rest-api/invocation';

interface Answer { readonly Status?: string; readonly Reason?: string; readonly Data?: { readonly [attribute: string]: string } }

/**
 * Has every trust store stored by its function, as a deployment would, and its attributes known to the assembly.
 *
 * @returns ARNs of the private CAs whose certificates were read
 * @throws LocalRefusal where a function fails, with its own words
 */
export async function storeTrustStores(assembly: EnvironmentAssembly, functions: FunctionInvoker): Promise<string[]> {
  const arns: string[] = [];
  for (const resource of assembly.resources(STORED_TRUST_STORE_TYPE)) {
    const { Status, Reason, Data } = await created(resource, functions);
    if (Status !== 'SUCCESS' || Data === undefined) throw new LocalRefusal('LOCAL_TRUST_STORE', `trust store ${resource.logicalId} is stored`, Reason ?? 'no answer', 'private CAs whose certificates can be read');
    arns.push(...Object.values(resource.properties.Partners as unknown as { readonly [partner: string]: DeclaredAuthorities }).flatMap(({ PrivateAuthorities }) => PrivateAuthorities));
    assembly.answered(resource, Data);
  }
  return arns;
}

/** The function answers at a URL, as CloudFormation asks it to. */
async function created({ stack, logicalId, type, properties }: AssemblyResource, functions: FunctionInvoker): Promise<Answer> {
  let answer: Answer = {};
  const server = await loopbackServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    answer = JSON.parse(Buffer.concat(chunks).toString()) as Answer;
    response.writeHead(200).end();
  });
  try {
    const { ServiceToken, ...declared } = properties;
    const outcome = await functions.invoke(String(ServiceToken), {
      RequestType: 'Create', ResponseURL: `http://127.0.0.1:${server.port}/`, StackId: stack.name, RequestId: randomUUID(),
      LogicalResourceId: logicalId, ResourceType: type, ServiceToken, ResourceProperties: { ServiceToken, ...declared },
    });
    return 'error' in outcome ? { Reason: `${outcome.error.errorType}: ${outcome.error.errorMessage}` } : answer;
  } finally {
    await server.close();
  }
}
