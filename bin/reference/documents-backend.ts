import { Size, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { BackendFunction, EnvironmentStage, FileType, FileUploads } from 'cdk-api-security';

/** The function behind `Backend.lambda('bank-documents')`, and the files that it takes of customers. */
export class DocumentsBackend extends Stack {
  public constructor(stage: EnvironmentStage, id: string) {
    const { name, isProduction } = stage.environment;
    super(stage, id, { description: `Function and files of the API service documents (${name})`, terminationProtection: isProduction, tags: { Environment: name, Owner: 'Home Lending' } });
    const backend = new BackendFunction(this, 'Documents', {
      environment: stage,
      functionName: 'bank-documents',
      code: Code.fromAsset('dist/backends/bank-documents'),
      group: 'lending',
      service: 'documents',
    });
    new FileUploads(this, 'Files', {
      environment: stage,
      service: 'documents',
      types: [FileType.PDF, FileType.JPEG.upTo(Size.mebibytes(5)), FileType.PNG.upTo(Size.mebibytes(5))],
      alarmTopic: stage.alarmTopic,
    }).grantUse(backend.function);
  }
}
