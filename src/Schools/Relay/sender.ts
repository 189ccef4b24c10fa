// Sends what waits, one by one, for as long as the page is open. An entry keeps its key, so sending it again is always safe.
import type { Queue, Waiting } from './queue';

/** For this long after a pupil has signed, the teacher can take it back. In milliseconds. */
const graceTime = 4000;
const requestTimeout = 20_000; // ms
const longestPause = 30_000; // ms
/** Between two attempts at what the server did not take but may: signing, or the link, may be open again. */
const untilAgain = 120_000; // ms
/** The problems that pass without anything that is sent being changed. */
const passing = ['/problems/signing-ended', '/problems/no-such-class-link'];

/** A refusal has the type of its problem. */
export type Outcome = 'sent' | 'later' | { refused: string; type: string };

/** What is kept of one that the server did not take. */
export function keptAs(it: Waiting, { refused, type }: { refused: string; type: string }): Waiting {
  const { again: _, ...kept } = it;
  return { ...kept, refused, ...passing.includes(type) && { again: true } };
}

export class Sender {
  private attempt = 0;
  private timer = 0;
  private running = false;
  /** Since the request on its way was sent, somebody has asked for another: its answer may be older than the reason to ask. */
  private hurried = false;
  /** The last attempt had no answer. */
  isOffline = false;
  /** The key of the entry whose request is on its way. */
  inFlight: string | null = null;
  /** When each that may be taken later was tried. */
  private readonly tried = new Map<string, number>();

  constructor(
    private readonly queue: Queue, private readonly api: string, private readonly classId: number,
    private readonly told: (it: Waiting, outcome: Outcome) => void, private readonly changed: () => void) {
    addEventListener('online', () => this.hurry());
    addEventListener('pageshow', () => this.hurry());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.hurry());
  }

  /** Now, and whatever the last attempt brought. */
  hurry(): void {
    this.hurried = true;
    this.attempt = 0;
    this.tried.clear();
    this.after(0);
  }

  /** Something was added. */
  added(): void {
    if (this.attempt === 0)
      this.after(graceTime);
  }

  private after(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.run(), milliseconds);
  }

  private async run(): Promise<void> {
    if (this.running)
      return;
    this.running = true;
    let pause = 0;
    for (let next = this.next(); next && !pause; next = this.next()) {
      this.inFlight = next.key;
      this.hurried = false;
      const { outcome, seconds } = await this.send(next);
      this.isOffline = outcome === 'later';
      if (outcome === 'later') {
        pause = Math.max(seconds * 1000, Math.min(1000 * 2 ** this.attempt++, longestPause)) * (1 + Math.random() / 4);
      } else {
        this.attempt = 0;
        if (outcome === 'sent')
          await this.queue.remove(next.key); // erased from the device
        else if (this.queue.has(next.key))
          await this.queue.put(keptAs(next, outcome));
        if (!this.hurried)
          this.tried.set(next.key, Date.now());
        this.told(next, outcome);
      }
      this.inFlight = null;
      this.changed();
    }
    this.running = false;
    if (pause)
      this.after(this.hurried ? 0 : pause);
    else if (this.queue.all.some(it => !it.refused))
      this.after(graceTime);
    else if (this.queue.all.some(it => it.again))
      this.after(untilAgain);
  }

  private next(): Waiting | undefined {
    const now = Date.now();
    return this.queue.all.find(it => it.refused ? it.again && now - (this.tried.get(it.key) ?? 0) >= untilAgain : now - it.at >= graceTime);
  }

  private async send(it: Waiting): Promise<{ outcome: Outcome; seconds: number }> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), requestTimeout);
    try {
      const response = await fetch(`${this.api}/${it.signature ? 'pledges' : 'answers'}?event=${it.event}`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(this.bodyOf(it)), signal: stop.signal,
      });
      const body = await response.text();
      if (response.status === 429 || response.status >= 500)
        return { outcome: 'later', seconds: Number(response.headers.get('Retry-After')) || 0 };
      if (response.status === 204 && !it.signature)
        return { outcome: 'sent', seconds: 0 };
      // A captive portal answers in place of our server; only answers in our form are accepted.
      const said = JSON.parse(body);
      return response.ok ? { outcome: said.receipt ? 'sent' : 'later', seconds: 0 }
        : said.type === '/problems/signing-not-yet' || !said.title ? { outcome: 'later', seconds: 0 }
        : { outcome: { refused: [said.title, ...Object.values<string[]>(said.errors ?? {}).flat()].join(' '), type: said.type }, seconds: 0 };
    } catch {
      return { outcome: 'later', seconds: 0 };
    } finally {
      clearTimeout(timer);
    }
  }

  private bodyOf(it: Waiting): object {
    return it.signature
      ? {
        key: it.key, textVersions: { student: it.version }, classId: this.classId,
        signers: [{ role: 'student', name: it.name, signature: it.signature }],
        ...it.entry !== null && { seat: it.entry }, signedAt: new Date(it.at).toISOString(),
      }
      : { seat: it.entry, answer: it.answer };
  }
}
