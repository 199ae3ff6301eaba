import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { BackendFunction, EnvironmentStage } from 'cdk-api-security';

/** The function behind `Backend.lambda('bank-batches')`, which is told the keys that batches are signed with. */
export class BatchesBackend extends Stack {
  public constructor(stage: EnvironmentStage, id: string) {
    const { name, isProduction } = stage.environment;
    super(stage, id, { description: `Function of the API service batches (${name})`, terminationProtection: isProduction, tags: { Environment: name, Owner: 'Treasury' } });
    new BackendFunction(this, 'Batches', {
      environment: stage,
      functionName: 'bank-batches',
      code: Code.fromAsset('dist/backends/bank-batches'),
      group: 'settlement',
      service: 'batches',
    });
  }
}
