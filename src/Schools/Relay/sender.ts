// Sends the queue's entries one by one, while the page is open. An entry keeps its key, so sending it again is always safe.
import { isTemporary } from '../../Layout/http-status';
import type { Queue, QueueEntry } from './queue';

/** In milliseconds. For this long after a pupil has signed, the teacher can undo it. */
const undoTime = 4000;
const requestTimeout = 20_000; // ms
const maxRetryDelay = 30_000; // ms
/** Between two attempts to send what was refused because signing or the link was closed: it may be open again. */
const refusedRetryInterval = 120_000; // ms
/** Refusals that may end without a change of the request. */
const temporaryProblems = ['/problems/signing-ended', '/problems/no-such-class-link'];

/** A refusal has the type of the server's problem. */
export type Outcome = 'sent' | 'later' | { refused: string; type: string };

/** The entry to store for one that was refused. */
export function markRefused(it: QueueEntry, { refused, type }: { refused: string; type: string }): QueueEntry {
  const { again: _, ...entry } = it;
  return { ...entry, refused, ...temporaryProblems.includes(type) && { again: true } };
}

export class Sender {
  private attempt = 0;
  private timer = 0;
  private running = false;
  /** `sendNow` was called while a request was being sent, whose answer may be out of date by then. */
  private isRetryRequested = false;
  /** The last request had no answer. */
  isOffline = false;
  /** The key of the entry that is being sent. */
  inFlight: string | null = null;
  /** When each refused entry was last tried, by its key. */
  private readonly lastTriedAt = new Map<string, number>();

  constructor(
    private readonly queue: Queue, private readonly api: string, private readonly classId: number,
    private readonly onOutcome: (it: QueueEntry, outcome: Outcome) => void, private readonly onChange: () => void) {
    addEventListener('online', () => this.sendNow());
    addEventListener('pageshow', () => this.sendNow());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.sendNow());
  }

  /** Sends at once, also what was refused. */
  sendNow(): void {
    this.isRetryRequested = true;
    this.attempt = 0;
    this.lastTriedAt.clear();
    this.schedule(0);
  }

  /** Called when an entry was added. */
  scheduleSend(): void {
    if (this.attempt === 0)
      this.schedule(undoTime);
  }

  private schedule(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.run(), milliseconds);
  }

  private async run(): Promise<void> {
    if (this.running)
      return;
    this.running = true;
    let retryDelay = 0;
    for (let next = this.next(); next && !retryDelay; next = this.next()) {
      this.inFlight = next.key;
      this.isRetryRequested = false;
      const { outcome, seconds, isAnswered } = await this.send(next);
      this.isOffline = outcome === 'later' && !isAnswered;
      if (outcome === 'later') {
        retryDelay = Math.max(seconds * 1000, Math.min(1000 * 2 ** this.attempt++, maxRetryDelay)) * (1 + Math.random() / 4);
      } else {
        this.attempt = 0;
        if (outcome === 'sent')
          await this.queue.remove(next.key); // deleted from the device
        else if (this.queue.has(next.key))
          await this.queue.put(markRefused(next, outcome));
        if (!this.isRetryRequested)
          this.lastTriedAt.set(next.key, Date.now());
        this.onOutcome(next, outcome);
      }
      this.inFlight = null;
      this.onChange();
    }
    this.running = false;
    if (retryDelay)
      this.schedule(this.isRetryRequested ? 0 : retryDelay);
    else if (this.queue.all.some(it => !it.refused))
      this.schedule(undoTime);
    else if (this.queue.all.some(it => it.again))
      this.schedule(refusedRetryInterval);
  }

  private next(): QueueEntry | undefined {
    const now = Date.now();
    return this.queue.all.find(it => it.refused
      ? it.again && now - (this.lastTriedAt.get(it.key) ?? 0) >= refusedRetryInterval
      : now - it.at >= undoTime);
  }

  private async send(it: QueueEntry): Promise<{ outcome: Outcome; seconds: number; isAnswered?: true }> {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), requestTimeout);
    try {
      const response = await fetch(`${this.api}/${it.signature ? 'pledges' : 'answers'}?event=${it.event}`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(this.bodyOf(it)), signal: controller.signal,
      });
      const body = await response.text();
      if (isTemporary(response.status))
        return { outcome: 'later', seconds: Number(response.headers.get('Retry-After')) || 0, isAnswered: true };
      if (response.status === 204 && !it.signature)
        return { outcome: 'sent', seconds: 0 };
      // A captive portal answers in place of our server; only answers in our form are accepted.
      const parsed = JSON.parse(body);
      const reasons = () => [parsed.title, ...Object.values<string[]>(parsed.errors ?? {}).flat()].join(' ');
      return response.ok ? { outcome: parsed.receipt ? 'sent' : 'later', seconds: 0 }
        : parsed.type === '/problems/signing-not-yet' ? { outcome: 'later', seconds: 0, isAnswered: true }
        : !parsed.title ? { outcome: 'later', seconds: 0 }
        : { outcome: { refused: reasons(), type: parsed.type }, seconds: 0 };
    } catch {
      return { outcome: 'later', seconds: 0 };
    } finally {
      clearTimeout(timer);
    }
  }

  private bodyOf(it: QueueEntry): object {
    return it.signature
      ? {
        key: it.key, textVersions: { student: it.version }, classId: this.classId,
        signers: [{ role: 'student', name: it.name, signature: it.signature }],
        ...it.entry !== null && { seat: it.entry }, signedAt: new Date(it.at).toISOString(), ...it.rehearsal && { rehearsal: true },
      }
      : { seat: it.entry, answer: it.answer, ...it.rehearsal && { rehearsal: true } };
  }
}
