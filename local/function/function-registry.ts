import type { InvocationOutcome, FunctionInvoker } from '../rest-api/invocation';
import { FunctionPool, type FunctionSurroundings } from './function-pool';
import type { LambdaFunction } from './lambda-function';

/** The functions of an environment by ARN or name; a process starts with the first invocation. */
export class FunctionRegistry implements FunctionInvoker {
  private readonly pools = new Map<string, FunctionPool>();

  constructor(private readonly find: (name: string) => LambdaFunction | undefined, private readonly surroundings: FunctionSurroundings) {}

  public async invoke(functionArn: string, event: unknown): Promise<InvocationOutcome> {
    const name = functionName(functionArn);
    let pool = this.pools.get(name);
    if (pool === undefined) {
      const lambda = this.find(name);
      if (lambda === undefined) return { error: { errorType: 'ResourceNotFoundException', errorMessage: `Function not found: ${functionArn}` } };
      pool = new FunctionPool(lambda, this.surroundings);
      this.pools.set(name, pool);
    }
    return pool.invoke(event);
  }

  public async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
  }
}

/** Name in a function ARN or qualified name; a version or alias is ignored: there is one code per function here. */
export function functionName(arnOrName: string): string {
  return arnOrName.startsWith('arn:') ? arnOrName.split(':')[6]! : arnOrName.split(':')[0]!;
}
