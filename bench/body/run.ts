import secure from 'secure-json-parse';
import { JsonThreatProtection } from '../../service/threat/json-threat-protection';
import { XmlThreatProtection } from '../../service/threat/xml-threat-protection';
import { timed, type Subject } from '../token/subject';

/** One account as an API answers it: a few members, of each kind that JSON has. */
function account(index: number): object {
  return { id: index, name: `Account ${index}`, iban: `AU${index}000123456789`, balance: { currency: 'AUD', value: '1234.56' }, tags: ['daily', 'savings'], active: index % 2 === 0, rate: 1.25, opened: '2024-03-01T10:00:00Z' };
}

function xmlAccount(index: number): string {
  return `<account id="${index}" active="true"><name>Account ${index}</name><iban>AU${index}000123456789</iban><balance currency="AUD">1234.56</balance><opened>2024-03-01T10:00:00Z</opened></account>`;
}

const json = new JsonThreatProtection({ bodyBytes: 4_000_000, arrayItems: 10_000 });
const kept = new JsonThreatProtection();
const xml = new XmlThreatProtection({ bodyBytes: 4_000_000, childElements: 10_000 });

/** What a service would write itself: parse, then look at every member for a name that reaches a prototype. */
function walked(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__') throw new Error('prototype');
    walked(member);
  }
}

function sound(body: string): Subject[] {
  const ours = body.length <= 65_536 ? kept : json;
  return [
    { name: 'JSON.parse', perform: () => JSON.parse(body) as unknown },
    { name: 'this pattern', perform: () => ours.parse(body) },
    { name: 'secure-json-parse', perform: () => secure.parse(body) as unknown },
    { name: 'JSON.parse and a walk', perform: () => walked(JSON.parse(body)) },
  ];
}

function hostile(body: string): Subject[] {
  const refusedBy = (parse: (text: string) => unknown) => () => {
    try {
      parse(body);
    } catch {
      return;
    }
    throw new Error('not refused');
  };
  return [{ name: 'JSON.parse', perform: refusedBy(JSON.parse) }, { name: 'this pattern', perform: refusedBy((text) => json.parse(text)) }, { name: 'secure-json-parse', perform: refusedBy((text) => secure.parse(text)) }];
}

/** The same work many times: one of a small body takes less than the clock can tell. */
function repeated({ name, perform }: Subject, times: number): Subject {
  return {
    name,
    perform: (index) => {
      for (let time = 0; time < times; time += 1) perform(index);
    },
  };
}

const [few, hundred, thousands] = [6, 100, 5000].map((count) => JSON.stringify(Array.from({ length: count }, (_, index) => account(index)))) as [string, string, string];
const CONTESTS: readonly { readonly name: string; readonly kind: string; readonly subjects: Subject[]; readonly rounds?: number; readonly times?: number }[] = [
  { name: '0.2 KB', kind: 'small JSON', subjects: sound(JSON.stringify(account(1))), times: 40 },
  { name: '1 KB', kind: 'JSON', subjects: sound(few) },
  { name: '20 KB', kind: 'JSON', subjects: sound(hundred) },
  { name: '1 MB', kind: 'JSON', subjects: sound(thousands), rounds: 15 },
  { name: '1 MB of brackets', kind: 'hostile JSON', subjects: hostile('['.repeat(1_000_000)), rounds: 3 },
];

async function main(): Promise<void> {
  const contests = [];
  for (const { name, kind, subjects, rounds, times = 1 } of CONTESTS) {
    const seconds = await timed(times === 1 ? subjects : subjects.map((subject) => repeated(subject, times)), rounds, rounds);
    contests.push({ name, kind, seconds: Object.fromEntries(Object.entries(seconds).map(([subject, time]) => [subject, time / times])) });
  }
  const document = `<accounts>${Array.from({ length: 100 }, (_, index) => xmlAccount(index)).join('')}</accounts>`;
  Object.assign(contests.find(({ name }) => name === '20 KB')!.seconds, await timed([{ name: 'XML of the same accounts', perform: () => xml.inspect(document) }]));
  process.stdout.write(JSON.stringify(contests));
}
void main();
