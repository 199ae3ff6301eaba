import * as http from 'node:http';
import * as https from 'node:https';
import type { DeploymentAnswer } from './deployment';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** CloudFormation waits at a signed URL of S3. */
const S3_HOST = /\.amazonaws\.com(?:\.cn)?$/;

/**
 * The URL at which CloudFormation waits, which is one of AWS; one of this machine only where S3 itself is on it, as the environment says.
 *
 * @throws TypeError for any other: whoever can invoke the function does not have it connect to where they like
 */
export function checkedResponseUrl(responseUrl: string, environment: Readonly<Record<string, string | undefined>>): URL {
  const url = new URL(responseUrl);
  const isLocal = isLoopback(url) && environment.AWS_ENDPOINT_URL_S3 !== undefined && isLoopback(new URL(environment.AWS_ENDPOINT_URL_S3));
  if (!isLocal && !(url.protocol === 'https:' && url.port === '' && S3_HOST.test(url.hostname))) {
    throw new TypeError('a response URL is an https URL of S3');
  }
  return url;
}

function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.includes(hostname);
}

/** Sends an answer to where CloudFormation waits for it; @throws Error where it did not arrive, so that the event is delivered again */
export function sendAnswer(url: URL, answer: DeploymentAnswer): Promise<void> {
  const body = JSON.stringify(answer);
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    // The URL is signed for a request without a content type.
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
    request(url, { method: 'PUT', headers, signal: AbortSignal.timeout(10_000), agent: false }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) {
          resolve();
        } else {
          reject(new Error(`the response URL answers ${response.statusCode}`));
        }
      });
    }).on('error', (error: NodeJS.ErrnoException) => { reject(new Error(`the response URL: ${error.code ?? error.name}`)); }).end(body);
  });
}
