import { readdirSync, readFileSync } from 'fs';

/** Resident bytes of a process and of all below it (`/proc`, Linux). */
export function residentMemory(pid: number): number {
  const parents = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), field(Number(name), 'PPid')]));
  const family = [pid];
  for (const member of family) family.push(...[...parents].filter(([, parent]) => parent === member).map(([child]) => child));
  return family.reduce((sum, member) => sum + (field(member, 'VmRSS') ?? 0) * 1024, 0);
}

function field(pid: number, name: string): number | undefined {
  try {
    const [, value] = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return value === undefined ? undefined : Number(value);
  } catch {
    // It ended meanwhile.
    return undefined;
  }
}
