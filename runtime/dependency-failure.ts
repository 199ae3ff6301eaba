/**
 * Something this process depends on (an issuer, a secret) gave no usable answer.
 *
 * The message is written here, for operators: it names the dependency and the fault, never what was sent or received.
 */
export class DependencyFailure extends Error {
  constructor(readonly dependency: string, readonly fault: string) {
    super(`${dependency}: ${fault}`);
    this.name = 'DependencyFailure';
  }
}
