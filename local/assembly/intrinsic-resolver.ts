import { LocalRefusal } from '../local-refusal';
import { attributeOf, referenceOf, type ResourceFacts } from './resource-identity';
import type { Stack } from './stack';
import { isObject, type TemplateObject, type TemplateValue } from './template';

/** Resolves an export of another stack of the same environment. */
export type ExportLookup = (name: string) => TemplateValue;

/**
 * Resolves the intrinsic functions of one stack's template to plain values.
 *
 * Identifiers that the platform would choose are invented and stable (`resource-identity.ts`).
 *
 * @throws LocalRefusal for a function or reference it does not know
 */
export class IntrinsicResolver {
  private readonly answers = new Map<string, { readonly [attribute: string]: string }>();

  constructor(private readonly stack: Stack, private readonly exports: ExportLookup) {}

  /** Takes what a custom resource answered: its attributes from now on. */
  public answered(logicalId: string, attributes: { readonly [attribute: string]: string }): void {
    this.answers.set(logicalId, attributes);
  }

  /** A copy of `value` without intrinsic functions; members that are `AWS::NoValue` disappear. */
  public resolve(value: TemplateValue): TemplateValue {
    return this.value(value) ?? null;
  }

  /** The resolved value as text; numbers and booleans as CloudFormation writes them. */
  public text(value: TemplateValue): string {
    const resolved = this.value(value);
    if (typeof resolved === 'string') return resolved;
    if (typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved);
    throw new LocalRefusal('LOCAL_INTRINSIC', `a text is expected in stack ${this.stack.name}`, JSON.stringify(value), 'a value that resolves to a string');
  }

  /** Whether the named condition of the template holds; no name holds. */
  public condition(name: string | undefined): boolean {
    if (name === undefined) return true;
    const expression = this.stack.template.Conditions?.[name];
    if (expression === undefined) throw this.unknown(`Condition ${name}`, 'a condition that the template declares');
    return this.value(expression) === true;
  }

  private value(value: TemplateValue): TemplateValue | undefined {
    if (Array.isArray(value)) return value.map((item: TemplateValue) => this.value(item)).filter((item) => item !== undefined);
    if (!isObject(value)) return value;
    const [name, ...others] = Object.keys(value);
    if (name !== undefined && others.length === 0 && (name === 'Ref' || name === 'Condition' && typeof value[name] === 'string' || name.startsWith('Fn::'))) {
      return this.call(name, value[name]!);
    }
    return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => {
      const resolved = this.value(member);
      return resolved === undefined ? [] : [[key, resolved] as const];
    }));
  }

  private call(name: string, argument: TemplateValue): TemplateValue | undefined {
    const known = this.functions[name];
    if (known === undefined) throw this.unknown(name, `one of ${Object.keys(this.functions).join(', ')}`);
    return known(argument);
  }

  private readonly functions: { readonly [name: string]: (argument: TemplateValue) => TemplateValue | undefined } = {
    'Ref': (id) => this.reference(String(id)),
    'Condition': (name) => this.condition(String(name)),
    'Fn::GetAtt': (argument) => {
      const [id, ...attribute] = typeof argument === 'string' ? argument.split('.') : this.list(argument).map(String);
      return attributeOf(this.facts(id!), attribute.join('.'));
    },
    'Fn::Join': (argument) => {
      const [delimiter, parts] = argument as [string, TemplateValue];
      return this.list(parts).map((part) => this.text(part)).join(delimiter);
    },
    'Fn::Sub': (argument) => {
      const [text, variables] = typeof argument === 'string' ? [argument, {}] : argument as [string, TemplateObject];
      return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
        if (literal !== '') return `\${${name}}`;
        if (variables[name] !== undefined) return this.text(variables[name]);
        return this.text(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name });
      });
    },
    'Fn::Select': (argument) => {
      const [index, values] = argument as [TemplateValue, TemplateValue];
      return this.list(values)[Number(this.text(index))];
    },
    'Fn::Split': (argument) => {
      const [delimiter, text] = argument as [string, TemplateValue];
      return this.text(text).split(delimiter);
    },
    'Fn::ImportValue': (name) => this.exports(this.text(name)),
    'Fn::GetAZs': () => ['a', 'b', 'c'].map((zone) => `${this.stack.region}${zone}`),
    'Fn::Base64': (text) => Buffer.from(this.text(text)).toString('base64'),
    'Fn::Cidr': (argument) => Array.from({ length: Number(this.text(this.list(argument)[1]!)) }, (_, index) => `10.0.${index}.0/24`),
    'Fn::FindInMap': (argument) => {
      const [map, first, second] = this.list(argument).map((key) => this.text(key));
      const found = ((this.stack.template.Mappings?.[map!] as TemplateObject | undefined)?.[first!] as TemplateObject | undefined)?.[second!];
      if (found === undefined) throw this.unknown(`Fn::FindInMap ${JSON.stringify(argument)}`, 'a key that the mapping holds');
      return found;
    },
    'Fn::If': (argument) => {
      const [condition, yes, no] = argument as [string, TemplateValue, TemplateValue];
      return this.value(this.condition(condition) ? yes : no);
    },
    'Fn::Equals': (argument) => {
      const [left, right] = this.list(argument);
      return JSON.stringify(left) === JSON.stringify(right);
    },
    'Fn::Not': (argument) => this.list(argument)[0] !== true,
    'Fn::And': (argument) => this.list(argument).every((item) => item === true),
    'Fn::Or': (argument) => this.list(argument).some((item) => item === true),
  };

  private list(value: TemplateValue): readonly TemplateValue[] {
    const resolved = this.value(value);
    if (!Array.isArray(resolved)) throw this.unknown(JSON.stringify(value), 'a list');
    return resolved as readonly TemplateValue[];
  }

  private reference(id: string): TemplateValue | undefined {
    const pseudo: { readonly [name: string]: TemplateValue | undefined } = {
      'AWS::AccountId': this.stack.account,
      'AWS::Region': this.stack.region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': this.stack.name,
      'AWS::StackId': `arn:aws:cloudformation:${this.stack.region}:${this.stack.account}:stack/${this.stack.name}/local`,
      'AWS::NoValue': undefined,
      'AWS::NotificationARNs': [],
    };
    if (id in pseudo) return pseudo[id];
    const parameter = this.stack.template.Parameters?.[id];
    if (parameter !== undefined) {
      // An SSM parameter's default is its path: the value is known at deployment only.
      return parameter.Default ?? `${id}-parameter`;
    }
    return referenceOf(this.facts(id));
  }

  private facts(logicalId: string): ResourceFacts {
    const resource = this.stack.template.Resources?.[logicalId];
    if (resource === undefined) throw this.unknown(`Ref ${logicalId}`, 'the logical id of a resource or parameter of this template');
    return {
      stack: this.stack,
      logicalId,
      type: resource.Type,
      property: (name) => {
        const value = resource.Properties?.[name];
        return value === undefined ? undefined : this.text(value);
      },
      answer: this.answers.get(logicalId),
    };
  }

  private unknown(got: string, write: string): LocalRefusal {
    return new LocalRefusal('LOCAL_INTRINSIC', `the local gateway resolves what stack ${this.stack.name} declares`, got, write);
  }
}
