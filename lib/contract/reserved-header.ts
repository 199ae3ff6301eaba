import { API_KEY_HEADER } from './api-key';
import { TRUST_TOKEN_HEADER } from './trust-token';

/** Headers that frameworks take for the method or the path, past everything that was authorized; lower case. */
export const OVERRIDE_HEADERS: readonly string[] = ['x-http-method', 'x-http-method-override', 'x-method-override', 'x-original-url', 'x-rewrite-url'];

/** Headers that the gateway, a proxy or HTTP itself gives a meaning to; lower case. A hyphen at the end stands for every name that goes on. */
export const RESERVED_HEADERS: readonly string[] = [
  ...OVERRIDE_HEADERS, TRUST_TOKEN_HEADER.toLowerCase(), API_KEY_HEADER.toLowerCase(),
  'x-correlation-id', 'x-forwarded-', 'x-original-', 'x-real-ip', 'x-ssl-', 'x-client-cert', 'x-amz-', 'x-amzn-', 'content-type', 'content-length', 'content-encoding', 'transfer-encoding',
];
