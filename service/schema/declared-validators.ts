import { createRequire } from 'node:module';
import { isAbsolute } from 'node:path';
import { BODY_VALIDATORS_VARIABLE, type BodyValidators } from '../../lib/contract/body-validators';

/**
 * The generated validators that `BODY_VALIDATORS` names, which `BackendFunction` sets where a service takes JSON bodies.
 *
 * @returns undefined where the variable is not there
 * @throws TypeError where its file is none of a generated module
 */
export function validatorsOfEnvironment(environment: Readonly<Record<string, string | undefined>> = process.env): BodyValidators | undefined {
  const file = environment[BODY_VALIDATORS_VARIABLE];
  return file === undefined ? undefined : checkedValidators(loaded(file));
}

/** @throws TypeError where a module could not refuse anything */
export function checkedValidators(validators: unknown): BodyValidators {
  const { version, bodyFault, requiresBody } = (validators ?? {}) as Partial<Record<keyof BodyValidators, unknown>>;
  if (version !== 1 || typeof bodyFault !== 'function' || typeof requiresBody !== 'function') {
    throw new TypeError(`${BODY_VALIDATORS_VARIABLE} names a module that cdk-api-security generated, got another; write a BackendFunction, which sets it, or cdk-api-security validators`);
  }
  return validators as BodyValidators;
}

function loaded(file: string): unknown {
  // A path that depends on where the process runs could be somebody else's file.
  if (!isAbsolute(file)) {
    return undefined;
  }
  return createRequire(file)(file);
}
