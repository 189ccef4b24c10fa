// Sends the requests that are in the outbox, and deletes each once it is answered.
import { Delivery, post, send, waitOrReturn, type Final } from './delivery';
import { allHandedIn } from './handed-in';
import type { HandedIn, Outbox } from './outbox';
import type { OnTheWay } from './on-the-way';

const again = 120_000; // ms between two attempts at an event whose signing is over: it may be opened again

export class Courier {
  private readonly carried = new Set<string>();
  private readonly delivery = new Delivery<HandedIn>(
    it => this.send(it), seconds => waitOrReturn(seconds, document.getElementById('send-now')));
  private sending: HandedIn | null = null;
  /** Those that signing was over for, on a phone that stores nothing. */
  private readonly unkept = new Map<string, HandedIn>();

  constructor(private readonly outbox: Outbox, private readonly onTheWay: OnTheWay) {
    // A request that is under way when the page goes is broken off; one with `keepalive` is not. Only then, since the
    // browser allows 64 KB of such requests in all.
    addEventListener('pagehide', () => this.leave());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.leave());
  }

  /** A refused request stays in the outbox until somebody has read why: `forget` it then. */
  async carry(it: HandedIn, waits: () => void, next = true): Promise<Final> {
    const { key } = it.request;
    this.carried.add(key);
    const answer = await new Promise<Final>(answered => this.delivery.add({ it, waits, answered }, next));
    this.unkept.delete(key);
    if (answer.kind === 'signed')
      this.outbox.forget(key);
    if (answer.kind !== 'refused')
      this.carried.delete(key);
    if (answer.kind === 'ended') {
      if (!allHandedIn().some(kept => kept.request.key === key))
        this.unkept.set(key, it);
      setTimeout(() => this.resume(), again);
    }
    return answer;
  }

  /** Takes up what another page, or this one before it was closed, could not bring to its end. */
  resume(inHand?: HandedIn | null): void {
    // What the form was refused stands there again, and has no line.
    const unkept = [...this.unkept.values()].filter(it => this.onTheWay.shows(it.request.key));
    for (const it of [...allHandedIn(), ...unkept])
      if (it.request.key !== inHand?.request.key && !this.carried.has(it.request.key))
        this.carryAside(it);
  }

  private async carryAside(it: HandedIn): Promise<void> {
    this.onTheWay.waits(it);
    this.onTheWay.ended(it, await this.carry(it, () => {}, false));
  }

  private async send(it: HandedIn): ReturnType<typeof send> {
    this.sending = it;
    const answer = await send(it.code, it.request);
    this.sending = null;
    return answer;
  }

  private leave(): void {
    const it = this.sending;
    this.sending = null; // once is enough
    if (it)
      post(it.code, it.request, { keepalive: true }).then(response => response.text()).catch(() => {}); // else it counts as under way
  }
}
