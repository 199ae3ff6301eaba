import { execFileSync } from 'child_process';
import { bundled } from './bundled';
import { median } from './measurement';
import { atMost, Result } from './result';

/** Memory of a warm handler over 200,000 requests with distinct tokens, genuine and forged: the later half held against the earlier. */
export function memory(): Result[] {
  const heap = JSON.parse(execFileSync(process.execPath, ['--expose-gc', bundled('memory/run.ts')], { encoding: 'utf8' })) as readonly number[];
  const bytes = Object.fromEntries(heap.map((value, index) => [`${(index + 1) * 20_000} requests, bytes`, value]));
  return [atMost('memory of 200,000 requests, later / earlier half', median(heap.slice(5)) / median(heap.slice(0, 5)), 1.15, bytes)];
}
