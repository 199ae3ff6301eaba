import type { EnvironmentAssembly } from '../assembly/environment-assembly';
import { LocalRefusal } from '../local-refusal';
import type { DynamoDb } from './dynamo-db';

interface KeySchemaElement { readonly AttributeName: string; readonly KeyType: string }

/** Creates the tables of an environment, empty. @returns their names */
export function createTables(assembly: EnvironmentAssembly, dynamoDb: DynamoDb): string[] {
  return assembly.resources('AWS::DynamoDB::Table').map(({ reference, logicalId, properties }) => {
    const [key, second] = properties.KeySchema as unknown as KeySchemaElement[];
    if (key === undefined || second !== undefined) {
      throw new LocalRefusal('LOCAL_TABLE', `table ${logicalId} has a partition key and no other`, second === undefined ? 'no key' : `sort key ${second.AttributeName}`, 'a KeySchema of one HASH attribute');
    }
    const { AttributeName: timeToLive } = (properties.TimeToLiveSpecification ?? {}) as { readonly AttributeName?: string };
    dynamoDb.add(reference, { partitionKey: key.AttributeName, timeToLive });
    return reference;
  });
}
