import { ControlChange, type Control } from '../control';

type Added = readonly [id: string, revision: number, subject: string];

const ADDED: readonly Added[] = [
  ['ISM-1139', 6, 'TLS connections use the latest version of TLS only.'],
  ['ISM-1369', 3, 'TLS connections are encrypted with AES-GCM.'],
  ['ISM-1405', 4, 'There is a central facility for event logs.'],
  ['ISM-1453', 1, 'TLS connections have perfect forward secrecy.'],
  ['ISM-1581', 3, 'Capacity and availability of online services are monitored continuously, in real time.'],
  ['ISM-1815', 1, 'Event logs are protected from unauthorised modification and deletion.'],
  ['ISM-1851', 0, 'The OWASP API Security Top 10 are mitigated while web APIs are developed.'],
  ['ISM-1862', 0, 'Behind a web application firewall, origin servers are not disclosed and admit the firewall and management networks only.'],
  ['ISM-1910', 1, 'Calls of internet-facing APIs that modify data or reach non-public data are logged centrally.'],
  ['ISM-1911', 2, 'Security-relevant crashes and error messages of software are logged centrally.'],
  ['ISM-1959', 0, 'Event logs have a consistent, structured format.'],
  ['ISM-1983', 0, 'Event logs reach the central facility as soon as possible.'],
  ['ISM-1984', 0, 'Event logs are encrypted on their way to the central facility.'],
  ['ISM-1985', 0, 'Event logs are protected from unauthorised access.'],
  ['ISM-1988', 0, 'Event logs stay searchable for at least 12 months.'],
  ['ISM-2013', 0, 'Clients of APIs that are not on the internet and modify data are authenticated and authorised.'],
  ['ISM-2014', 0, 'Clients of APIs that are not on the internet and give access to non-public data are authenticated and authorised.'],
  ['ISM-2015', 0, 'Calls of APIs that are not on the internet and modify data or reach non-public data are logged centrally.'],
  ['ISM-2016', 1, 'Software validates and sanitises all input that it receives over a local network.'],
  ['ISM-2051', 0, 'Software generates event logs that suffice to detect security events.'],
  ['ISM-2052', 0, 'Event logs of software protect the sensitive data in them.'],
  ['ISM-2057', 0, 'Input validation rules are documented, matched in code and tested with accepted and refused input.'],
  ['ISM-2058', 0, 'Data sources and serialised input are validated before they are deserialised.'],
];

/** Successors and new controls that the pattern could not know. */
export const ADDED_CONTROLS: readonly Control[] = ADDED.map(([id, revision, subject]) => ({ id, revision, subject, change: ControlChange.ADDED }));
