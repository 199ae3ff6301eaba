import { Duration } from 'aws-cdk-lib';
import { AuthenticationPolicy } from '../contract/authorizer-configuration';
import { demand } from '../private/refusal';

/** Properties of `AuthenticationLevel`: at least one, and each that is given must be satisfied. */
export interface AuthenticationLevelProps {
  /**
   * Authentication context classes, in order of preference: one of them must be the token's `acr`.
   *
   * @default - any
   */
  readonly acrValues?: string[];
  /**
   * Authentication methods that the token's `amr` must hold, every one of them, as RFC 8176 names them: `otp`, `hwk`, `mfa`.
   *
   * A challenge cannot ask for methods, only for classes and age: name the class that stands for them too where there is one.
   *
   * @default - any
   */
  readonly methods?: string[];
  /**
   * Longest time since the user last took part in an authentication (`auth_time`), in whole seconds.
   *
   * @default - as long as the identity provider's session lasts
   */
  readonly maxAge?: Duration;
}

/** What can stand in a quoted challenge and in a list that spaces separate: as of a scope, RFC 6749 section 3.3. */
const VALUE = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/;
/** With eight values each, a challenge stays far below what a response header may hold. */
const MOST_VALUES = 8;

/**
 * How strongly and how recently a user must have been authenticated for an operation.
 *
 * A token that says less is refused with the challenge of RFC 9470, from which the client learns what to ask the identity
 * provider for. A client without a user, a system or a trusted application, is always refused.
 *
 * @example
 * import { Duration } from 'aws-cdk-lib';
 * import { AuthenticationLevel } from 'cdk-api-security';
 *
 * const approval = AuthenticationLevel.of({ acrValues: ['urn:bank:mfa'], methods: ['otp'], maxAge: Duration.minutes(5) });
 */
export class AuthenticationLevel {
  /** This level, and nothing below it. */
  public static of(props: AuthenticationLevelProps): AuthenticationLevel {
    const level = new AuthenticationLevel(props.acrValues ?? [], props.methods ?? [], props.maxAge);
    demand('AUTHENTICATION_LEVEL', !level.isAny, () => 'neither acrValues nor methods nor maxAge');
    return level;
  }

  /** However the user authenticated: for an operation that asks for less than the rest of its service or group. */
  public static any(): AuthenticationLevel {
    return new AuthenticationLevel([], [], undefined);
  }

  private constructor(
    /** One of these is the token's `acr`; any where there is none. */
    public readonly acrValues: string[],
    /** The token's `amr` holds all of these. */
    public readonly methods: string[],
    /** Longest time since the authentication; undefined when it does not matter. */
    public readonly maxAge: Duration | undefined,
  ) {
    const wrong = [...acrValues, ...methods].find((value) => !VALUE.test(value));
    demand('AUTHENTICATION_LEVEL', wrong === undefined, () => JSON.stringify(wrong));
    for (const [kind, { length }] of Object.entries({ acrValues, methods })) demand('AUTHENTICATION_LEVEL', length <= MOST_VALUES, () => `${length} ${kind}`);
    const seconds = maxAge?.toSeconds({ integral: false }) ?? 1;
    demand('AUTHENTICATION_LEVEL', Number.isInteger(seconds) && seconds >= 1, () => `a maxAge of ${maxAge?.toSeconds({ integral: false })} seconds`);
  }

  /** True when every authenticated user will do. */
  public get isAny(): boolean {
    return this.acrValues.length === 0 && this.methods.length === 0 && this.maxAge === undefined;
  }
}

/** What the authorizer is told of a level; nothing where any will do. */
export function authenticationPolicy({ acrValues, methods, maxAge, isAny }: AuthenticationLevel): AuthenticationPolicy | undefined {
  return isAny ? undefined : {
    ...(acrValues.length > 0 && { acrValues }),
    ...(methods.length > 0 && { methods }),
    ...(maxAge && { maxAgeSeconds: maxAge.toSeconds() }),
  };
}
