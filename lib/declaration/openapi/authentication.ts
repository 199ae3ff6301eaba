import { Duration } from 'aws-cdk-lib';
import { demand } from '../../private/refusal';
import { AuthenticationLevel } from '../authentication-level';
import { OpenApiDocument } from './document';
import { Node, isNode, stringsOf } from './node';
import { pointerOf } from './pointer';

/** What a document says of its users' authentication; the OpenAPI Specification has no words for it. */
const EXTENSION = 'x-authentication-level';
const WRITE = `${EXTENSION}: { acrValues: ['urn:bank:mfa'], methods: [otp], maxAge: 300 } with at least one of the three, or any`;

interface Member {
  readonly allows: (value: unknown) => boolean;
  readonly words: string;
}

const TEXTS: Member = { allows: (value) => Array.isArray(value) && value.length > 0 && stringsOf(value).length === value.length, words: 'a list of texts' };
const MEMBERS = new Map<string, Member>([
  ['acrValues', TEXTS],
  ['methods', TEXTS],
  ['maxAge', { allows: (value) => Number.isInteger(value) && Number(value) >= 1, words: 'whole seconds, at least 1' }],
]);

/** An object of a document, and where it stands. */
export type Place = readonly [node: Node, path: readonly string[]];

/** The level that the nearest place names: the operation, its path, or the whole document. */
export function importAuthenticationLevel({ file }: OpenApiDocument, places: readonly Place[]): AuthenticationLevel | undefined {
  const place = places.find(([node]) => node[EXTENSION] !== undefined);
  if (place === undefined) return undefined;
  const [{ [EXTENSION]: level }, path] = place;
  if (level === 'any') return AuthenticationLevel.any();
  const fault = faultOf(level);
  demand('OPENAPI_INVALID', fault === undefined, () => `${file}#${pointerOf([...path, EXTENSION])}: ${fault}`, WRITE);
  const { acrValues, methods, maxAge } = level as Node;
  return AuthenticationLevel.of({ acrValues: stringsOf(acrValues), methods: stringsOf(methods), maxAge: maxAge === undefined ? undefined : Duration.seconds(Number(maxAge)) });
}

// What is not understood would be a protection that is written down and not there.
function faultOf(level: unknown): string | undefined {
  if (!isNode(level)) return 'must be an object or any';
  const wrong = Object.keys(level).find((name) => !MEMBERS.get(name)?.allows(level[name]));
  if (wrong === undefined) return undefined;
  const member = MEMBERS.get(wrong);
  return member ? `${wrong} must be ${member.words}` : `must not have the property '${wrong}'`;
}
