/** The stage variable that names the authorizer's function; a body in S3 learns a value of the deployment no other way. */
export const AUTHORIZER_STAGE_VARIABLE = 'authorizerFunction';

/** The stage variable that names the function behind the public keys. */
export const PUBLISHED_KEYS_STAGE_VARIABLE = 'publishedKeysFunction';

/** Every REST API is deployed to one stage of this name. */
export const STAGE_NAME = 'live';

/** Value of the `api` stage variable of the REST API that answers what no service is mapped to. */
export const ROOT_API = 'root';
