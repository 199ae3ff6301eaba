import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { BackendFunction, EnvironmentStage } from 'cdk-api-security';

/** The function behind `Backend.lambda('bank-rates')`, in the network of its environment. */
export class RatesBackend extends Stack {
  public constructor(stage: EnvironmentStage, id: string) {
    const { name, isProduction } = stage.environment;
    super(stage, id, { description: `Function of the API service rates (${name})`, terminationProtection: isProduction, tags: { Environment: name, Owner: 'Treasury' } });
    new BackendFunction(this, 'Rates', {
      environment: stage,
      functionName: 'bank-rates',
      code: Code.fromAsset('dist/backends/bank-rates'),
      group: 'reference-data',
      service: 'rates',
    });
  }
}
