import type { CaseFamily } from '../assessment-case';
import { authentication } from './authentication';
import { authorization } from './authorization';
import { clientCertificates } from './client-certificates';
import { contentTypes } from './content-types';
import { cors } from './cors';
import { headers } from './headers';
import { honeypots } from './honeypots';
import { limits } from './limits';
import { methods } from './methods';
import { paths } from './paths';
import { publishedKeys } from './published-keys';
import { transport } from './transport';
import { validation } from './validation';

/** Every family, in the order in which they are run: what uses up a consumer's rate comes last. */
export const FAMILIES: readonly CaseFamily[] = [
  transport, clientCertificates, authentication, authorization, methods, paths, contentTypes, validation, headers, cors, publishedKeys, honeypots, limits,
];
