import { createRequire } from 'node:module';
import type { ParameterRules } from '../../lib/contract/parameter-rule';
import { Refusal } from '../../runtime/refusal';
import type { GatewayRequest } from './gateway-request';
import type { ParameterModule } from './parameter-module';

/** Checks of parameters, loaded from a file of their own with the first request that needs them. */
export class LoadedParameters {
  private module?: ParameterModule;

  constructor(private readonly file: string, private readonly load: (file: string) => unknown = createRequire(file)) {}

  /** @throws Refusal `parameter_invalid` */
  require(rules: ParameterRules, request: GatewayRequest): void {
    this.module ??= this.load(this.file) as ParameterModule;
    const fault = this.module.parameterFault(rules, request);
    if (fault !== undefined) {
      throw new Refusal('parameter_invalid', fault);
    }
  }
}
