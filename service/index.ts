export { lambdaTrustToken, type ProxyEvent, type TrustedHandler } from './lambda-trust-token';
export { nodeHttpTrustToken, type Middleware, type TrustedRequest } from './node-http-trust-token';
export { type RefusalResponse } from './refusal-response';
export { TrustTokenRefused, type TrustTokenRefusalReason } from './trust-token-refused';
export { TrustTokenVerifier, verifyTrustToken, type TrustTokenVerifierOptions } from './trust-token-verifier';
export { type Problem } from '../lib/contract/problem';
export { type RequesterContext, type TransactionContext, type TrustTokenClaims } from '../lib/contract/trust-token';
export { type KeySource } from '../runtime/remote-keys';
export { type SignatureAlgorithm, type VerificationKey } from '../runtime/verification-key';
