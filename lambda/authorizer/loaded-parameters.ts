import type { ParameterRules } from '../../lib/contract/parameter-rule';
import { Refusal } from '../../runtime/refusal';
import type { GatewayRequest } from './gateway-request';
import type { ParameterModule } from './parameter-module';
import { requiredFile } from './required-file';

/** @throws Refusal `parameter_invalid` */
export type ParameterChecks = (rules: ParameterRules, request: GatewayRequest) => void;

/** Checks of parameters, loaded from a file of their own with the first request that needs them. */
export function loadedParameters(file: string): ParameterChecks {
  let loaded: ParameterModule | undefined;
  return (rules, request) => {
    loaded ??= requiredFile(file) as ParameterModule;
    const fault = loaded.parameterFault(rules, request);
    if (fault) {
      throw new Refusal('parameter_invalid', fault);
    }
  };
}
