import { execFile } from 'child_process';

/** Where load goes and what each request carries. */
export interface Target {
  readonly port: number;
  readonly hostName: string;
  readonly path: string;
  readonly token: string;
}

/** What came of it. */
export interface Load {
  readonly requestsPerSecond: number;
  readonly requests: number;
  /** Requests without an answer of 200: refused, failed, timed out. */
  readonly lost: number;
  /** Milliseconds. */
  readonly median: number;
  readonly percentile99: number;
}

interface Report { readonly requests: { average: number; total: number; sent: number }; readonly latency: { p50: number; p99: number }; readonly errors: number; readonly timeouts: number; readonly non2xx: number; readonly resets: number }

/** Loads a target with autocannon, in a process of its own: connections are kept, each waits for its answer. */
export function load({ port, hostName, path, token }: Target, connections: number, seconds: number): Promise<Load> {
  const script = require.resolve('autocannon');
  const options = ['--json', '--connections', `${connections}`, '--duration', `${seconds}`, '--timeout', '20', '--servername', hostName, '--headers', `host=${hostName}`, '--headers', `authorization=Bearer ${token}`];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, ...options, `https://127.0.0.1:${port}${path}`], { encoding: 'utf8', maxBuffer: 1 << 24 }, (error, stdout) => {
      if (error) {
        reject(error);
        return;
      }
      const { requests, latency, errors, timeouts, non2xx, resets } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Report;
      resolve({ requestsPerSecond: requests.average, requests: requests.total, lost: errors + timeouts + non2xx + resets, median: latency.p50, percentile99: latency.p99 });
    });
  });
}
