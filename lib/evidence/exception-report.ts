import type { Acknowledgement, EnvironmentException } from './assembly';
import type { Block, Text } from './document';
import { section } from './row-link';
import type { Trace } from './trace';

/** What the API descriptions ask for and the gateway leaves to the services. */
export function limitSection({ limits }: Trace): Block {
  const none: Block = { kind: 'paragraph', text: ['No API description carries a part that the gateway cannot express.'] };
  return section('limits', 'What the gateway leaves to the services', limits.length === 0 ? [none] : [{
    kind: 'table', caption: 'Parts of API descriptions that the gateway cannot express', head: ['Note', 'Operations', 'APIs'],
    rows: limits.map(({ note, operations, apis }) => [[note], [operations.join(', ')], listed(apis.map(({ stack, logicalId }) => `${stack}/${logicalId}`))]),
  }]);
}

/** The findings that were accepted, each with its reason and every construct that it was accepted for. */
export function acknowledgementSection({ acknowledgements }: Trace): Block {
  const none: Block = { kind: 'paragraph', text: ['No finding is acknowledged.'] };
  return section('acknowledgements', 'Acknowledged findings', acknowledgements.length === 0 ? [none] : [{
    kind: 'table', caption: 'Rule findings accepted with a reason', head: ['Rule', 'Reason', 'Constructs'],
    rows: together(acknowledgements).map(([{ rule, reason }, constructs]) => [[{ code: rule }], [reason], listed(constructs)]),
  }]);
}

/** What the declarations were allowed beyond the rules of the library, each with the reason that was recorded. */
export function exceptionSection({ exceptions }: Trace): Block {
  const none: Block = { kind: 'paragraph', text: ['No declaration carries an exception.'] };
  const same = ({ rule, subject, reason }: EnvironmentException): string => JSON.stringify([rule, subject, reason]);
  const distinct = [...new Map(exceptions.map((one) => [same(one), one])).values()];
  return section('exceptions', 'Exceptions that declarations record', distinct.length === 0 ? [none] : [{
    kind: 'table', caption: 'Protections that were opted out of', head: ['Rule', 'Granted to', 'Reason', 'Environments'],
    rows: distinct.map((one) => [[{ code: one.rule }], [one.subject], [one.reason], [exceptions.filter((other) => same(other) === same(one)).map(({ environment }) => environment).join(', ')]]),
  }]);
}

/** Acknowledgements of one rule for one reason belong together. */
function together(acknowledgements: readonly Acknowledgement[]): (readonly [Acknowledgement, string[]])[] {
  const found = new Map<string, readonly [Acknowledgement, string[]]>();
  for (const one of acknowledgements) {
    const key = JSON.stringify([one.rule, one.reason]);
    const group = found.get(key) ?? [one, []];
    group[1].push(one.construct);
    found.set(key, group);
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function listed(names: readonly string[]): Text {
  return names.flatMap((code, index) => [index > 0 ? ', ' : '', { code }]);
}
