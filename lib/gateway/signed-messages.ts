import { DeclaredSignatures, MAX_MESSAGE_SIGNATURES_BYTES, MESSAGE_SIGNATURES_VARIABLE } from '../contract/message-signatures';
import { IBackendEnvironment } from '../declaration/backend-environment';
import { ExposedService } from '../declaration/exposed-service';
import { messageSigners, signingKeysIn } from '../declaration/message-signers';
import { demand } from '../private/refusal';

/** Which service a function is, and what its environment knows of the declaration. */
interface Declared {
  readonly environment: Pick<IBackendEnvironment, 'groups' | 'securityDomains' | 'environmentName'>;
  readonly group: string;
  readonly service: string;
}

/** What is declared of a service's signed messages, with the keys of those who may call it; undefined where it asks for none. */
export function declaredSignatures({ environment: { groups, securityDomains = [], environmentName = '' }, group: groupName, service: serviceName }: Declared): DeclaredSignatures | undefined {
  const group = groups?.find(({ name }) => name === groupName);
  const service = group?.services.find(({ name }) => name === serviceName);
  if (group === undefined || service?.messageSignatures === undefined) return undefined;
  const { operations, maxAge } = service.messageSignatures;
  const keys = securityDomains
    .map((domain) => [domain.exposure as string, messageSigners(domain, group, service)] as const)
    .filter(([, signers]) => signers.length > 0)
    .map(([domain, signers]) => [domain, Object.fromEntries(signers.map((consumer) => [consumer.name, signingKeysIn(environmentName, consumer)]))] as const);
  return { ...(operations && { operations }), maxAgeSeconds: maxAge.toSeconds(), keys: Object.fromEntries(keys) };
}

/** How a function is told: by an environment variable, or not at all. */
export function signatureVariables(declared: Declared): { [name: string]: string } {
  const signatures = declaredSignatures(declared);
  if (signatures === undefined) return {};
  const text = JSON.stringify(signatures);
  demand('MESSAGE_SIGNING_KEYS', text.length <= MAX_MESSAGE_SIGNATURES_BYTES, () => `${text.length} for '${declared.service}'`);
  return { [MESSAGE_SIGNATURES_VARIABLE]: text };
}

/** What is declared of signed messages and nobody enforces: the backend is reached by its URL. */
export function unverifiedSignatures({ service }: ExposedService): string[] {
  return service.messageSignatures !== undefined && service.backend.functionName === undefined
    ? ['messageSignatures: the backend is reached by its URL, which the gateway rewrites, and it has to verify signatures itself']
    : [];
}
