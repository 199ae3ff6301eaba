import { createHash } from 'node:crypto';
import { API_STAGE_VARIABLE, operationKey } from '../contract/authorizer-configuration';
import { PARAMETER_RULES } from '../contract/parameter-rule';
import { AUTHORIZER_STAGE_VARIABLE } from '../contract/stage-variable';
import type { Scope } from './scope';
import { isRecord, items, valueAt } from './value';

/**
 * True where the authorizer that a stage names enforces the rules that the API has for the parameters of each of its operations.
 *
 * The description carries a digest of the rules of each operation, the configuration of the authorizer the rules themselves.
 */
export function enforcesParameters(variables: unknown, scope: Scope): boolean {
  const api = scope.follow(scope.properties.RestApiId)?.properties;
  const authorizer = scope.follow(valueAt(variables, AUTHORIZER_STAGE_VARIABLE))?.properties;
  const operations = items(valueAt(api, '$operations')).filter(isRecord);
  const name = String(valueAt(variables, API_STAGE_VARIABLE));
  return operations.length > 0 && valueAt(authorizer, '$checksParameters') === true && operations.every(({ $method, $path, [PARAMETER_RULES]: digest }) => {
    const rules = valueAt(authorizer, ['$configuration', 'operations', operationKey(name, String($method).toUpperCase(), String($path)), 'parameters']);
    return rules !== undefined && createHash('sha256').update(JSON.stringify(rules)).digest('hex').startsWith(String(digest)) && String(digest).length === 32;
  });
}
