import { API_KEY_HEADER } from './api-key';
import { TRUST_TOKEN_HEADER } from './trust-token';

/** Headers that hold credentials, in lower case: their values are in no log, and no answer brings them. */
export const CREDENTIAL_HEADERS: readonly string[] = ['authorization', 'cookie', 'dpop', TRUST_TOKEN_HEADER.toLowerCase(), API_KEY_HEADER.toLowerCase()];
