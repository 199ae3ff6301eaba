import * as http from 'node:http';
import * as https from 'node:https';
import type { DeploymentAnswer } from './deployment';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Sends an answer to where CloudFormation waits for it; @throws Error where it did not arrive, so that the event is delivered again */
export function sendAnswer(responseUrl: string, answer: DeploymentAnswer): Promise<void> {
  const url = new URL(responseUrl);
  if (url.protocol !== 'https:' && !LOOPBACK.includes(url.hostname)) {
    throw new TypeError('a response URL is an https URL');
  }
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
