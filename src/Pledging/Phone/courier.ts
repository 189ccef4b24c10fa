// Sends a submitted request: stores it on the phone first, then sends it, and deletes it once it is answered.
import { deliver, send, waitOrReturn, type Final } from './delivery';
import type { HandedIn, Outbox } from './outbox';
import type { OnTheWay } from './on-the-way';

export class Courier {
  private readonly carried = new Set<string>();

  constructor(private readonly outbox: Outbox, private readonly onTheWay: OnTheWay) {}

  /** A refused request stays in the outbox until somebody has read why: `forget` it then. */
  async carry(it: HandedIn, waits: (kept: boolean) => void): Promise<Final> {
    const { key } = it.request;
    const kept = this.outbox.keep(it);
    this.carried.add(key);
    const answer = await deliver(() => send(it.code, it.request), seconds => {
      waits(kept);
      return waitOrReturn(seconds, document.getElementById('send-now'));
    });
    if (answer.kind === 'signed') {
      this.outbox.forget(key);
      this.carried.delete(key);
    }
    return answer;
  }

  /** Takes up what another page, or this one before it was closed, could not bring to its end. */
  resume(): void {
    for (const it of this.outbox.all())
      if (!this.carried.has(it.request.key))
        this.carryAside(it);
  }

  private async carryAside(it: HandedIn): Promise<void> {
    this.onTheWay.waits(it);
    const answer = await this.carry(it, () => {});
    this.onTheWay.ended(it, answer);
  }
}
