import { SizeRoundingBehavior } from 'aws-cdk-lib';
import { BodyLimits } from '../contract/body-limits';
import { ApiGroup } from '../declaration/api-group';
import { ApiService } from '../declaration/api-service';
import { ExposedService } from '../declaration/exposed-service';

/** Which service a function is, and what its environment knows of the declaration. */
interface Declared {
  readonly environment: { readonly groups?: ApiGroup[] };
  readonly group: string;
  readonly service: string;
}

/** The limits that the declaration of a function's service sets; the service library knows the others. */
export function declaredBodyLimits({ environment, group, service }: Declared): BodyLimits {
  const declaredGroup = environment.groups?.find(({ name }) => name === group);
  return bodyLimits(declaredGroup, declaredGroup?.services.find(({ name }) => name === service));
}

/** The limits that a group and one of its services set. */
export function bodyLimits(group?: ApiGroup, service?: ApiService): BodyLimits {
  return {
    ...(service?.threatProtection ?? group?.threatProtection)?.limits,
    ...(service && { bodyBytes: Math.floor(service.bodyLimit.size.toBytes({ rounding: SizeRoundingBehavior.NONE })) }),
  };
}

/** What is declared of bodies and no function is told: the backend is reached by its URL. */
export function uninspectedBodies({ group, service }: ExposedService): string[] {
  const isDeclared = (service.threatProtection ?? group.threatProtection) !== undefined;
  return isDeclared && service.backend.functionName === undefined
    ? ['threatProtection: the backend is reached by its URL, and its deployment has to give the limits to the service library']
    : [];
}
