import { ControlChange, type Control } from '../control';

type Changed = readonly [id: string, revision: number, subject: string, changed: string];

const CHANGED: readonly Changed[] = [
  ['ISM-0289', 3, 'Evaluated products are installed, configured, administered and operated in their evaluated configuration and by vendor guidance.', 'It now covers administration and operation as well, and names the evaluated configuration.'],
  ['ISM-0400', 6, 'Development, testing, staging and production environments are segregated.', 'Staging is named as an environment of its own.'],
  ['ISM-0402', 9, 'Software is tested for vulnerabilities with static, dynamic and composition analysis before every release and periodically after.', 'It names the three kinds of analysis, and asks for them before every release and periodically.'],
  ['ISM-0634', 11, 'Security-relevant gateway events are logged centrally: permitted flows, flows that try to leave, real-time alerts for attempted intrusions.', 'Central logging moved in from ISM-1775, which is rescinded.'],
  ['ISM-0971', 8, 'The OWASP Application Security Verification Standard is used while web applications are developed.', 'It is about use of the standard in development; mitigating the OWASP top ten lists became controls of their own (ISM-1850, ISM-1851).'],
  ['ISM-1182', 5, 'Network access controls limit traffic within and between network segments to what the business needs.', 'It limits the flow of traffic, within segments as well as between them.'],
  ['ISM-1240', 5, 'Software validates and sanitises all input that it receives over the internet.', 'It asks for validation and sanitisation of all software, for input from the internet; input from local networks became ISM-2016.'],
  ['ISM-1420', 5, 'Production data is used outside production only where the environment is secured at least as well.', 'It covers every non-production environment.'],
  ['ISM-1424', 5, 'Web server software sets Content-Security-Policy, HSTS and X-Frame-Options in response headers.', 'The headers are the web server software\'s to set.'],
  ['ISM-1431', 5, 'Ways to withstand denial of service are discussed with the cloud provider: capacity, cost, thresholds, pre-approved actions, upstream blocking.', 'It asks for arrangements with the provider, not for a mechanism.'],
  ['ISM-1436', 3, 'Critical online services are segregated from those that are likelier targets of denial of service.', 'It is about segregation under denial of service.'],
  ['ISM-1536', 3, 'Database queries that users initiate, with the crashes and errors they cause, are logged centrally.', 'It was about web application security events and is about database queries now.'],
  ['ISM-1579', 2, 'The cloud provider\'s ability to scale with genuine demand is discussed and verified.', 'It asks for verification with the provider, not for a mechanism.'],
  ['ISM-1597', 0, 'Credentials are obscured while they are entered.', 'The pattern reads it as keeping credentials in a purpose-built service; the control is about entering them.'],
  ['ISM-1780', 1, 'Software is developed with SecDevOps practices.', 'It covers all software development.'],
  ['ISM-1817', 2, 'Clients of internet-facing network APIs that give access to data not meant for the public are authenticated and authorised.', 'Authorisation joined authentication, and the scope is network APIs on the internet.'],
  ['ISM-1818', 2, 'Clients of internet-facing network APIs that modify data are authenticated and authorised.', 'It is about modification of data; authorisation joined authentication.'],
];

/** Controls whose meaning moved since the pattern was written. */
export const CHANGED_CONTROLS: readonly Control[] = CHANGED.map(([id, revision, subject, changed]) => ({ id, revision, subject, change: ControlChange.MEANING_CHANGED, changed }));
