import { setTimeout } from 'node:timers/promises';

/** Lets requests through at a steady rate, and counts them. */
export class Pace {
  /** Requests that were let through. */
  public sent = 0;
  private free = 0;

  /** @param rate requests a second */
  constructor(private readonly rate: number) {}

  /** Resolves when so many requests may be sent at once; whoever comes next waits for as long as all of them take. */
  public async turn(requests = 1): Promise<void> {
    const now = Date.now();
    const turn = Math.max(this.free, now);
    this.free = turn + requests * 1000 / this.rate;
    this.sent += requests;
    if (turn > now) await setTimeout(turn - now);
  }
}
