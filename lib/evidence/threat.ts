import { Asset } from './control';

/** A threat of the pattern, and the controls that answer it. */
export interface Threat {
  readonly id: string;
  readonly title: string;
  /** The threat in our own words. */
  readonly description: string;
  readonly assets: readonly Asset[];
  /** Controls that the pattern maps to it. */
  readonly controls: readonly string[];
  /** Controls that the ISM has today and that answer it as well. */
  readonly added: readonly string[];
}

/** The threats of the pattern. */
export const THREATS: readonly Threat[] = [
  {
    id: 'TE-14', title: 'Flawed workflows and deployments', assets: [Asset.API_SERVICE, Asset.API_LIFECYCLE],
    description: 'Controls in front of a service are passed by when callers reach what lies behind it directly, or when a service with more rights is talked into acting for one with fewer.',
    controls: ['ISM-0289', 'ISM-0400', 'ISM-0402', 'ISM-0469', 'ISM-0616', 'ISM-1182', 'ISM-1420', 'ISM-1436', 'ISM-1780'],
    added: ['ISM-1862'],
  },
  {
    id: 'TE-24', title: 'Identity theft and impersonation', assets: [Asset.API_SERVICE, Asset.API_GATEWAY],
    description: 'Identity travels with every request, so tokens and keys can be stolen from URLs, headers and logs, and replayed.',
    controls: ['ISM-0120', 'ISM-0469', 'ISM-0634', 'ISM-1424', 'ISM-1536', 'ISM-1546', 'ISM-1757', 'ISM-1775', 'ISM-1817', 'ISM-1818'],
    added: ['ISM-1139', 'ISM-1453', 'ISM-1910', 'ISM-1911', 'ISM-2013', 'ISM-2014', 'ISM-2015', 'ISM-2052'],
  },
  {
    id: 'TE-26', title: 'Abuse through misconfiguration', assets: [Asset.API_SERVICE, Asset.API_GATEWAY],
    description: 'A flaw in an application, in the flow of data behind it or in the settings of TLS exposes data or gives a way in.',
    controls: ['ISM-0289', 'ISM-0628', 'ISM-0634', 'ISM-1037', 'ISM-1536', 'ISM-1757', 'ISM-1775', 'ISM-1780'],
    added: ['ISM-1139', 'ISM-1369', 'ISM-1815', 'ISM-1911', 'ISM-1985', 'ISM-2051'],
  },
  {
    id: 'TE-29', title: 'Web attacks and injection', assets: [Asset.API_SERVICE],
    description: 'Commands, encodings, serialised objects, scripts and tampered parameters reach code that trusts its input.',
    controls: ['ISM-0634', 'ISM-0649', 'ISM-1240', 'ISM-1241', 'ISM-1284', 'ISM-1436', 'ISM-1536', 'ISM-1757', 'ISM-1775'],
    added: ['ISM-1851', 'ISM-1911', 'ISM-2016', 'ISM-2057', 'ISM-2058'],
  },
  {
    id: 'TE-40', title: 'Distributed denial of service', assets: [Asset.API_GATEWAY],
    description: 'A flood of requests, or a flaw in how requests are processed or balanced, takes the service away from its users.',
    controls: ['ISM-0971', 'ISM-1431', 'ISM-1435', 'ISM-1579'],
    added: ['ISM-1581', 'ISM-1862'],
  },
];
