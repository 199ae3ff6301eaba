import type { IncomingMessage, ServerResponse } from 'node:http';
import { awsJsonExchange, type AwsJsonAnswer } from './aws-json-exchange';

type AttributeValue = { readonly [type: string]: unknown };
type Item = { readonly [attribute: string]: AttributeValue };

interface PutItemInput {
  readonly TableName?: string;
  readonly Item?: Item;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [placeholder: string]: string };
  readonly ExpressionAttributeValues?: Item;
}

interface UpdateItemInput {
  readonly TableName?: string;
  readonly Key?: Item;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [placeholder: string]: string };
  readonly ExpressionAttributeValues?: Item;
  readonly ReturnValues?: string;
}

/** What of a table matters to a write. */
export interface TableSettings {
  readonly partitionKey: string;
  /** Attribute that holds the second at which an item expires. */
  readonly timeToLive?: string;
}

class DynamoDbError extends Error {
  constructor(public readonly type: 'ConditionalCheckFailedException' | 'ResourceNotFoundException' | 'ValidationException' | 'UnknownOperationException', message: string) {
    super(message);
  }
}

const NAME = /^#?[A-Za-z_]\w*$/;

/** DynamoDB's PutItem with a condition, UpdateItem that sets and adds, and Scan of all there is, over its JSON 1.0 protocol. Signatures are not checked; nothing else is answered. */
export class DynamoDb {
  private readonly tables = new Map<string, { readonly settings: TableSettings; readonly items: Map<string, Item> }>();

  /** Adds an empty table. */
  public add(name: string, settings: TableSettings): void {
    this.tables.set(name, { settings, items: new Map() });
  }

  /** Every item of a table. @throws Error where there is no such table */
  public items(name: string): readonly Item[] {
    return [...this.table(name).items.values()];
  }

  /** Answers one HTTP request of an AWS client. */
  public handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return awsJsonExchange(request, response, '1.0', (target, text) => this.answer(target, text));
  }

  private answer(target: string, text: string): AwsJsonAnswer {
    try {
      if (target === 'DynamoDB_20120810.Scan') return { status: 200, body: { Items: this.items((JSON.parse(text) as { TableName?: string }).TableName ?? '') } };
      if (target === 'DynamoDB_20120810.UpdateItem') return { status: 200, body: this.update(JSON.parse(text) as UpdateItemInput) };
      if (target !== 'DynamoDB_20120810.PutItem') throw new DynamoDbError('UnknownOperationException', '');
      this.put(JSON.parse(text) as PutItemInput);
      return { status: 200, body: {} };
    } catch (error) {
      const { type, message } = error instanceof DynamoDbError ? error : new DynamoDbError('ValidationException', (error as Error).message);
      return { status: 400, body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message } };
    }
  }

  /** Reads and writes in one step, so that of two writers one sees the other. */
  private put({ TableName = '', Item: item = {}, ConditionExpression: condition, ...placeholders }: PutItemInput): void {
    const { settings, items } = this.table(TableName);
    const key = item[settings.partitionKey]?.S;
    if (typeof key !== 'string' || key === '') throw new DynamoDbError('ValidationException', 'One or more parameter values were invalid: Missing the key in the item');
    const present = items.get(key);
    const existing = present !== undefined && settings.timeToLive !== undefined && Number(present[settings.timeToLive]?.N) < Date.now() / 1000 ? undefined : present;
    if (condition !== undefined && !holds(condition, existing ?? {}, placeholders)) {
      throw new DynamoDbError('ConditionalCheckFailedException', 'The conditional request failed');
    }
    items.set(key, item);
  }

  /** Reads, changes and tells in one step. An item that has expired is changed until it is deleted, as the service does. */
  private update({ TableName = '', Key = {}, UpdateExpression = '', ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {}, ReturnValues = 'NONE' }: UpdateItemInput): object {
    const { settings, items } = this.table(TableName);
    const key = Key[settings.partitionKey]?.S;
    if (typeof key !== 'string' || key === '' || Object.keys(Key).length !== 1) throw new DynamoDbError('ValidationException', 'The provided key element does not match the schema');
    if (!['NONE', 'UPDATED_NEW'].includes(ReturnValues)) throw new DynamoDbError('ValidationException', `ReturnValues of ${ReturnValues} is not emulated`);
    const present = items.get(key);
    const changed = changes(UpdateExpression, present ?? {}, names, values);
    items.set(key, { ...present, ...Key, ...changed });
    return ReturnValues === 'UPDATED_NEW' ? { Attributes: changed } : {};
  }

  private table(name: string) {
    const found = this.tables.get(name);
    if (found === undefined) throw new DynamoDbError('ResourceNotFoundException', 'Requested resource not found');
    return found;
  }
}

/** Alternatives of `attribute_not_exists(path)`, `attribute_exists(path)` and `path = :value`; no other condition is understood. */
function holds(condition: string, item: Item, { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: PutItemInput): boolean {
  const attribute = (name: string): AttributeValue | undefined => {
    const resolved = name.startsWith('#') ? names[name] : name;
    if (!NAME.test(name) || resolved === undefined) throw new DynamoDbError('ValidationException', `Invalid ConditionExpression: ${name}`);
    return item[resolved];
  };
  return condition.split(/ OR /i).map((term) => {
    const [, test, tested = ''] = /^\s*attribute_(not_exists|exists)\s*\(\s*([^\s)]+)\s*\)\s*$/.exec(term) ?? [];
    if (test !== undefined) return (attribute(tested) !== undefined) === (test === 'exists');
    const [, name, placeholder = ''] = /^\s*([#\w]+)\s*=\s*(:\w+)\s*$/.exec(term) ?? [];
    const value = values[placeholder];
    if (name === undefined || value === undefined) throw new DynamoDbError('ValidationException', `Invalid ConditionExpression: ${term}`);
    const actual = attribute(name);
    return actual !== undefined && JSON.stringify(actual) === JSON.stringify(value);
  }).some(Boolean);
}

/** `SET #a = :a ADD #b :b`, with placeholders only; no other update is understood. */
function changes(expression: string, item: Item, names: { readonly [placeholder: string]: string }, values: Item): Item {
  const [, set, add] = /^\s*(?:SET\s+(#\w+\s*=\s*:\w+))?\s*(?:ADD\s+(#\w+\s+:\w+))?\s*$/i.exec(expression) ?? [];
  if (set === undefined && add === undefined) throw new DynamoDbError('ValidationException', `Invalid UpdateExpression: ${expression}`);
  const operands = (clause: string): [string, AttributeValue] => {
    const [name = '', placeholder = ''] = clause.split(/[\s=]+/);
    const [attribute, value] = [names[name], values[placeholder]];
    if (attribute === undefined || value === undefined) throw new DynamoDbError('ValidationException', `Invalid UpdateExpression: ${clause}`);
    return [attribute, value];
  };
  return {
    ...set === undefined ? {} : Object.fromEntries([operands(set)]),
    ...add === undefined ? {} : Object.fromEntries([operands(add)].map(([name, addend]) => [name, sum(item[name], addend)])),
  };
}

/** What is not there counts as 0. */
function sum(present: AttributeValue = { N: '0' }, { N: addend }: AttributeValue): AttributeValue {
  if (typeof present.N !== 'string' || typeof addend !== 'string') throw new DynamoDbError('ValidationException', 'An operand in the update expression has an incorrect data type');
  return { N: String(Number(present.N) + Number(addend)) };
}
