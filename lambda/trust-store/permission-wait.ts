import type { Clock } from '../../runtime/clock';

/** Policies take effect seconds after CloudFormation goes on; the function itself ends after a minute. */
const WAIT_MILLISECONDS = 40_000;
const PAUSE_MILLISECONDS = 2000;

/** How long a deployment goes on asking where access is denied: its own policy may have changed just before. */
export class PermissionWait {
  private end = 0;

  constructor(private readonly clock: Clock, private readonly pause: (milliseconds: number) => Promise<void>) {}

  /** From now on, and once for all that a deployment asks. */
  begin(): void {
    this.end = this.clock() + WAIT_MILLISECONDS;
  }

  /** No deployment asks any more: whoever is denied is told so at once. */
  finish(): void {
    this.end = 0;
  }

  /** Asks again for as long as access is denied and time is left; then the last answer counts. */
  async through<Answer>(ask: () => Promise<Answer>, isDenied: (answer: Answer) => boolean): Promise<Answer> {
    for (;;) {
      const answer = await ask();
      if (!isDenied(answer) || this.clock() >= this.end) {
        return answer;
      }
      await this.pause(PAUSE_MILLISECONDS);
    }
  }
}
