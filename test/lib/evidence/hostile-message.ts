import { several } from './hostile-change';
import type { Loose } from './tampered-assembly';

const FUNCTION = 'AWS::Lambda::Function';
const TABLE = 'AWS::DynamoDB::Table';
const FOREIGN = '999999999999';

const isTold = (variable: string) => ({ Environment }: Loose) => Environment?.Variables?.[variable] !== undefined;
const variables = ({ Environment }: Loose): Loose => Environment.Variables as Loose;
const firstOperation = ({ operations }: Loose): Loose => Object.values(operations as Record<string, Loose>)[0]!;

const VALIDATED = ['ISM-1240 API Service', 'ISM-2016 API Service', 'ISM-2058 API Service'];
const bodies = several(['body-limits-told'], VALIDATED, {
  'a backend that is not told the limits of its bodies': (assembly) => assembly.resource(FUNCTION, (properties) => delete variables(properties).BODY_LIMITS, isTold('TRUST_SERVICE')),
  'a backend whose bodies may be of any size': (assembly) => assembly.resource(FUNCTION, (properties) => (variables(properties).BODY_LIMITS = '{"depth":16}'), isTold('TRUST_SERVICE')),
});

const validators = several(['body-validators-given'], VALIDATED, {
  'a backend that is not told where its validators are': (assembly) => assembly.resource(FUNCTION, (properties) => delete variables(properties).BODY_VALIDATORS, isTold('BODY_VALIDATORS')),
  'a backend whose validators are its own': (assembly) => assembly.resource(FUNCTION, (properties) => (variables(properties).BODY_VALIDATORS = './accepts-everything.js'), isTold('BODY_VALIDATORS')),
  'a backend without the layer of its validators': (assembly) => assembly.resource(FUNCTION, (properties) => delete properties.Layers, isTold('BODY_VALIDATORS')),
  'a backend with the layer of somebody else': (assembly) => assembly.resource(FUNCTION, (properties) => (properties.Layers = [`arn:aws:lambda:ap-southeast-2:${FOREIGN}:layer:validators:1`]), isTold('BODY_VALIDATORS')),
  'another function in place of the one that has validators': (assembly) => assembly.resource(FUNCTION, (properties) => (properties.FunctionName = 'elsewhere'), isTold('BODY_VALIDATORS')),
});

const SIGNED = ['ISM-1546 API Service', 'ISM-1817 API Service'];
const forgetsNothing = (assembly: Parameters<(typeof bodies)[number]['tamper']>[0], change: (table: Loose) => unknown): void => {
  let nonces: string | undefined;
  assembly.resource(FUNCTION, (properties) => (nonces = variables(properties).NONCE_TABLE_ARN['Fn::GetAtt'][0] as string), isTold('NONCE_TABLE_ARN'));
  assembly.named(TABLE, nonces!, change);
};
const signatures = several(['message-signatures-told'], SIGNED, {
  'a backend that is not told that messages are signed': (assembly) => assembly.resource(FUNCTION, (properties) => delete variables(properties).MESSAGE_SIGNATURES, isTold('MESSAGE_SIGNATURES')),
  'a backend that knows nobody\'s keys': (assembly) => assembly.resource(FUNCTION, (properties) => (variables(properties).MESSAGE_SIGNATURES = '{"maxAgeSeconds":60,"keys":{}}'), isTold('MESSAGE_SIGNATURES')),
  'a backend that takes a signature for weeks': (assembly) => assembly.resource(FUNCTION, (properties) => (variables(properties).MESSAGE_SIGNATURES = String(variables(properties).MESSAGE_SIGNATURES).replace('"maxAgeSeconds":60', '"maxAgeSeconds":6000000')), isTold('MESSAGE_SIGNATURES')),
  'a backend that holds a private key of a consumer': (assembly) => assembly.resource(FUNCTION, (properties) => (variables(properties).MESSAGE_SIGNATURES = String(variables(properties).MESSAGE_SIGNATURES).replace('"kty"', '"d":"AAAA","kty"')), isTold('MESSAGE_SIGNATURES')),
  'a backend that remembers nonces in a table of somebody else': (assembly) => assembly.resource(FUNCTION, (properties) => (variables(properties).NONCE_TABLE_ARN = `arn:aws:dynamodb:ap-southeast-2:${FOREIGN}:table/elsewhere`), isTold('NONCE_TABLE_ARN')),
  'nonces that are forgotten at no time': (assembly) => forgetsNothing(assembly, (table) => delete table.TimeToLiveSpecification),
  'another function in place of the one that verifies signatures': (assembly) => assembly.resource(FUNCTION, (properties) => (properties.FunctionName = 'elsewhere'), isTold('MESSAGE_SIGNATURES')),
});

const ofMarked = ({ paths }: Loose): boolean => JSON.stringify(paths).includes('"X-Protective-Marking"');
const markedOperation = ({ paths }: Loose): Loose => Object.values(paths as Record<string, Loose>).flatMap((item) => Object.values(item) as Loose[]).find(({ parameters }) => parameters?.some(({ name }: Loose) => name === 'X-Protective-Marking'))!;
const CLASSIFIED = ['ISM-1436 API Service'];
const markings = [
  ...several(['authorizer-markings'], CLASSIFIED, {
    'an operation whose markings nobody looks at': (assembly) => assembly.configuration('internal', (configuration) => delete firstOperation(configuration).marking),
    'an operation without a highest classification': (assembly) => assembly.configuration('internal', (configuration) => (firstOperation(configuration).marking = { required: true })),
    'a classified operation that needs no marking': (assembly) => assembly.configuration('internal', (configuration) => (firstOperation(configuration).marking = { ceiling: 'SECRET' })),
  }),
  ...several(['markings-required'], CLASSIFIED, {
    'a classified API that takes requests without a marking': (assembly) => assembly.body((body) => (markedOperation(body).parameters.find(({ name }: Loose) => name === 'X-Protective-Marking').required = false), ofMarked),
    'a marking that may be in the query string': (assembly) => assembly.body((body) => (markedOperation(body).parameters.find(({ name }: Loose) => name === 'X-Protective-Marking').in = 'query'), ofMarked),
  }),
];

/** Every change to what is asked of messages that must not pass for evidence. */
export const MESSAGE_CHANGES = [...bodies, ...validators, ...signatures, ...markings];
