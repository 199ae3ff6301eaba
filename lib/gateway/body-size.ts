import { demand } from '../private/refusal';
import { RestApiBody } from './rest-api-body';

/** What API Gateway imports at most. */
const MOST_BODY_BYTES = 6 * 1024 * 1024;
const MOST_MODEL_BYTES = 400 * 1024;

/** Refuses a body that API Gateway would refuse to import, before anything is deployed. */
export function checkSize(body: RestApiBody, content: string): void {
  const { title } = body.info;
  demand('REST_API_BODY', Buffer.byteLength(content) <= MOST_BODY_BYTES, () => `${Buffer.byteLength(content)} bytes for '${title}'`);
  for (const [name, model] of Object.entries(body.components?.schemas ?? {})) {
    const bytes = Buffer.byteLength(JSON.stringify(model));
    demand('REST_API_BODY', bytes <= MOST_MODEL_BYTES, () => `${bytes} bytes for the model ${name} of '${title}'`);
  }
}
