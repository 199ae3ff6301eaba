import { ControlChange, type Control } from '../control';

type Unchanged = readonly [id: string, revision: number, subject: string];

const UNCHANGED: readonly Unchanged[] = [
  ['ISM-0120', 5, 'Those who watch systems have the data and the tools to see key signs of compromise.'],
  ['ISM-0469', 6, 'An ASD-approved or high-assurance cryptographic protocol protects data in transit; of TLS, only version 1.3 still counts as approved.'],
  ['ISM-0616', 5, 'Duties are separated among those who administer gateways.'],
  ['ISM-0628', 6, 'Gateways stand between networks of different security domains.'],
  ['ISM-0649', 8, 'Only allowed file types pass a gateway, in or out.'],
  ['ISM-1037', 6, 'Gateways are tested after every configuration change and at least every six months, to prove they conform.'],
  ['ISM-1241', 4, 'Web applications encode all of their output.'],
  ['ISM-1269', 3, 'Database servers and web servers are functionally separated.'],
  ['ISM-1284', 3, 'The content of files that pass a gateway is validated.'],
  ['ISM-1546', 0, 'Users are authenticated before they get access to a system and its resources.'],
  ['ISM-1552', 0, 'All web content is offered over HTTPS and nothing else.'],
];

/** Controls that mean today what they meant when the pattern was written. */
export const UNCHANGED_CONTROLS: readonly Control[] = UNCHANGED.map(([id, revision, subject]) => ({ id, revision, subject, change: ControlChange.UNCHANGED }));
