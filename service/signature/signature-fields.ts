/** One covered component: a field in lower case, or a derived component with `@`. */
export interface Component {
  readonly name: string;
  /** Parameter `name` of `@query-param`, percent-encoded. */
  readonly parameter?: string;
  /** As it stands in the signature base. */
  readonly identifier: string;
}

/** A signature of a message (RFC 9421), as its two fields say it. */
export interface SentSignature {
  readonly components: readonly Component[];
  readonly parameters: ReadonlyMap<string, string | number>;
  /** Value of `@signature-params`. */
  readonly signatureParams: string;
  readonly signature: Buffer;
}

const MAX_LENGTH = 4096;
const LABEL = '[a-z*][a-z0-9_.*-]{0,63}';
/** One inner list in the one way that structured fields are serialized, so that its text is what was signed (RFC 9421 section 2.5). */
const INPUT = new RegExp(`^(${LABEL})=(\\(([^()]*)\\)((?:;[a-z]{1,16}=(?:0|[1-9]\\d{0,14}|"[ !#-\\[\\]-~]{0,256}"))*))$`);
const SIGNATURE = new RegExp(`^(${LABEL})=:([A-Za-z0-9+/]{1,1024}={0,2}):$`);
const COMPONENT = /^"(@?[a-z0-9][a-z0-9-]{0,63})"(?:;name="([A-Za-z0-9*._%-]{1,128})")?$/;
const PARAMETER = /;([a-z]+)=(?:(\d+)|"([^"]*)")/g;
const KNOWN_PARAMETERS = new Set(['created', 'expires', 'nonce', 'keyid', 'alg', 'tag']);

/** The one signature that a message has; undefined where there is none, more than one, or any in another form. */
export function sentSignature(inputs: readonly string[], signatures: readonly string[]): SentSignature | undefined {
  const [input = '', signature = ''] = [inputs[0], signatures[0]];
  if (inputs.length !== 1 || signatures.length !== 1 || input.length > MAX_LENGTH || signature.length > MAX_LENGTH) {
    return undefined;
  }
  const [, label, signatureParams = '', list = '', suffix = ''] = INPUT.exec(input) ?? [];
  const [, sameLabel, encoded = ''] = SIGNATURE.exec(signature) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  const components = list === '' ? [] : list.split(' ').map(component);
  const parameters = parametersOf(suffix);
  return label === undefined || label !== sameLabel || bytes.toString('base64') !== encoded || !isComplete(components) || !parameters
    ? undefined : { components, parameters, signatureParams, signature: bytes };
}

function isComplete(components: readonly (Component | undefined)[]): components is readonly Component[] {
  return !components.includes(undefined) && new Set(components.map((each) => each?.identifier)).size === components.length;
}

function component(identifier: string): Component | undefined {
  const [, name, parameter] = COMPONENT.exec(identifier) ?? [];
  return name === undefined || (parameter !== undefined) !== (name === '@query-param') ? undefined : { name, parameter, identifier };
}

function parametersOf(suffix: string): Map<string, string | number> | undefined {
  const parameters = new Map<string, string | number>();
  for (const [, name = '', number, text = ''] of suffix.matchAll(PARAMETER)) {
    const isTime = name === 'created' || name === 'expires';
    if (parameters.has(name) || !KNOWN_PARAMETERS.has(name) || isTime !== (number !== undefined)) {
      return undefined;
    }
    parameters.set(name, number === undefined ? text : Number(number));
  }
  return parameters;
}
