import { BACKEND_CONNECTIONS, BACKEND_ENVIRONMENT } from '../../contract/backend-environment';
import { BODY_LIMITS_VARIABLE } from '../../contract/body-limits';
import { BODY_VALIDATORS_VARIABLE, BY_VALIDATOR } from '../../contract/body-validators';
import { MESSAGE_SIGNATURES_TAG, MESSAGE_SIGNATURES_VARIABLE, NONCE_TABLE_VARIABLE } from '../../contract/message-signatures';
import { NOT_ENFORCED } from '../../contract/not-enforced';
import type { Check, Declaration, Qualifier } from '../check';
import type { Condition } from '../condition';
import { REPLAY_TABLE } from './replay-table';
import { SERVES_OPERATIONS } from './security-domain';

const REST_API = 'AWS::ApiGateway::RestApi';
const FUNCTION = 'AWS::Lambda::Function';

const variable = (name: string): string => `Environment.Variables.${name}`;

/** A function that is told which API service it is. */
const IS_BACKEND: Condition = { path: variable(BACKEND_ENVIRONMENT.service), exists: true };
const LIMITED: Condition = { path: variable(BODY_LIMITS_VARIABLE), matches: '^\\{(.*,)?"bodyBytes":[1-9]\\d*[,}]' };
/** What is stamped with each such function. */
const HAS_BACKEND: Declaration = { type: 'AWS::EC2::SecurityGroup', where: [{ path: 'GroupDescription', matches: `: ${BACKEND_CONNECTIONS}$` }] };

/** An API whose every operation reaches a function. */
const REACHES_FUNCTIONS: Condition = { path: '$operations', everyItem: [{ path: ['x-amazon-apigateway-integration', 'type'], equals: 'aws_proxy' }] };
/** Every operation reaches a function of the environment that is such. */
const everyFunction = (...that: readonly Condition[]): Condition => ({ path: '$operations', everyItem: [{ path: '$function.name', names: { type: FUNCTION, path: 'FunctionName', that } }] });

const SIGNED: Condition = { path: 'Tags', someItem: [{ path: 'Key', equals: MESSAGE_SIGNATURES_TAG }, { path: 'Value', equals: 'required' }] };

/** An API with a body of which the gateway checks a part, and a generated validator the rest. */
const LEFT_TO_VALIDATORS: Condition = { path: '$operations', someItem: [{ path: [NOT_ENFORCED], someItem: [{ path: '', matches: `${BY_VALIDATOR}$` }] }] };

const EVERY_FUNCTION_LIMITED: Qualifier = {
  missing: 'services that are reached by a URL, or run as functions that are not in the assembly or are told no limits of bodies: whether they inspect bodies is not shown.',
  check: {
    id: 'backends-inspect-bodies', shows: 'Services run as functions, and every function that an operation reaches is one of the environment that is told its API service and the limits of its bodies.',
    types: [REST_API], where: [SERVES_OPERATIONS, REACHES_FUNCTIONS], that: [everyFunction(IS_BACKEND, LIMITED)], quantifier: 'every',
  },
};

/** What is asked of the bodies of requests and of who signed them, where only a service can look. */
export const MESSAGE_CHECKS: readonly Check[] = [
  {
    id: 'body-limits-told',
    shows: 'Every function of an API service is told how large its bodies may be, for the service library that inspects them before its handler runs.',
    types: [FUNCTION], where: [IS_BACKEND], that: [LIMITED], quantifier: 'every', declaredBy: HAS_BACKEND, qualifiedBy: [EVERY_FUNCTION_LIMITED],
  },
  {
    id: 'body-validators-given',
    shows: 'Where the schema of a body asks for more than a model of the gateway can, the function that the operations reach is given the validators that were generated from the declaration, in a layer of its environment, for the service library that asks them before its handler runs.',
    types: [REST_API], where: [SERVES_OPERATIONS, LEFT_TO_VALIDATORS, REACHES_FUNCTIONS],
    that: [everyFunction(
      { path: variable(BODY_VALIDATORS_VARIABLE), matches: '^/opt/' },
      { path: 'Layers', someItem: [{ path: '', refersTo: [{ path: '$type', equals: 'AWS::Lambda::LayerVersion' }] }] },
    )],
    quantifier: 'every', declaredBy: { type: FUNCTION, where: [{ path: variable(BODY_VALIDATORS_VARIABLE), exists: true }] },
  },
  {
    id: 'message-signatures-told',
    shows: 'Where an API service asks for signed messages, the function that its operations reach is told public keys of its consumers, for the service library that lets nothing else to its handler, and remembers what was used in an encrypted table of the environment.',
    types: [REST_API], where: [SERVES_OPERATIONS, SIGNED, REACHES_FUNCTIONS],
    that: [everyFunction(
      { path: variable(MESSAGE_SIGNATURES_VARIABLE), matches: '"maxAgeSeconds":[1-9]\\d{0,2},"keys":\\{"[a-z]+":\\{"[a-z0-9-]+":\\{"[A-Za-z0-9._-]+":\\{' },
      { path: variable(MESSAGE_SIGNATURES_VARIABLE), matches: '^(?!.*"(d|p|q|dp|dq|qi|k)":)' },
      { path: variable(NONCE_TABLE_VARIABLE), refersTo: REPLAY_TABLE },
    )],
    quantifier: 'every', declaredBy: { type: FUNCTION, where: [{ path: variable(MESSAGE_SIGNATURES_VARIABLE), exists: true }] },
  },
];
