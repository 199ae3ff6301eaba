import { ControlChange, type Control } from '../control';

/** Controls that the pattern cites and the ISM no longer has. */
export const RESCINDED_CONTROLS: readonly Control[] = [
  {
    id: 'ISM-1435', change: ControlChange.RESCINDED, successors: ['ISM-1431', 'ISM-1581'],
    subject: 'Real-time monitoring and alerting for denial of service against online services.',
    changed: 'Rescinded; monitoring is ISM-1581 and notification thresholds are ISM-1431.',
  },
  {
    id: 'ISM-1757', change: ControlChange.RESCINDED, successors: ['ISM-1911'],
    subject: 'Central logging of web application events.',
    changed: 'Rescinded; crashes and error messages are ISM-1911, API calls are ISM-1910 and ISM-2015.',
  },
  {
    id: 'ISM-1775', change: ControlChange.RESCINDED, successors: ['ISM-0634'],
    subject: 'Central logging of gateway events.',
    changed: 'Rescinded; central logging is part of ISM-0634.',
  },
];
