// Gets sign requests to the server, however long the network takes. A request keeps its key, so sending it again
// is always safe: the server stores it once.
import { isTemporary } from '../../Layout/http-status';

export interface SignRequest {
  key: string;
  /** The code of the take-home slip that the page was opened with. */
  slip?: string;
  textVersions: Record<string, number>;
  classId: number | null;
  /** No name where it is in the handwriting alone. */
  signers: {
    role: string; name?: string; classId?: number | null; relation?: string; signature?: string; typed?: true; handwrittenName?: true;
  }[];
  /** The wording says which version of the rules and which language stood on the page. */
  consents: { guardian: boolean; showMaskedName: boolean; wording?: string };
}
export interface Receipt { receipt: string; number: number; signedAt: string; verification: string }
export interface Problem { type?: string; status: number; title: string; detail: string; errors?: Record<string, string[]>; key?: string }

export type Answer =
  | { kind: 'signed'; receipt: Receipt }
  | { kind: 'refused'; problem: Problem }
  /** Signing is over; if it opens again, the same request is taken. */
  | { kind: 'ended'; problem: Problem }
  /** Nobody knows yet whether it was stored; `seconds` is how long the server asks to wait. */
  | { kind: 'later'; seconds: number };

/** An answer that sending again would not change now. */
export type Final = Exclude<Answer, { kind: 'later' }>;

const requestTimeout = 20_000; // ms

/** A request to be sent, and its callbacks. */
export interface QueueEntry<T> {
  it: T;
  /** There was no answer within `slowAfter`, or it has to be sent again. */
  onDelay: () => void;
  onAnswer: (answer: Final) => void;
}

/**
 * Sends one request at a time until each has a final answer. One that has to be sent again goes to the end of the queue, so that it does
 * not hold up the others, and all wait: longer with each attempt, and as long as the server asks (Retry-After).
 */
export class Delivery<T> {
  private readonly queue: QueueEntry<T>[] = [];
  private running = false;
  /** Ends the pause early; null while there is none. */
  private endPause: (() => void) | null = null;

  constructor(
    private readonly send: (it: T) => Promise<Answer>, private readonly pause: (seconds: number) => Promise<void>,
    private readonly slowAfter = 3000, // ms
    private readonly random = Math.random,
  ) {}

  /**
   * Adds a request to the end, or with `next` to the front, for a reader who waits; that ends a pause that the server has not asked for.
   */
  async add(entry: QueueEntry<T>, next: boolean): Promise<void> {
    next ? this.queue.unshift(entry) : this.queue.push(entry);
    if (this.running) {
      if (this.endPause && next)
        this.endPause();
      else
        entry.onDelay();
      return;
    }
    this.running = true;
    for (let attempt = 0; this.queue.length > 0;)
      attempt = await this.sendNext(attempt);
    this.running = false;
  }

  /** Returns how many attempts in a row have failed. */
  private async sendNext(attempt: number): Promise<number> {
    const entry = this.queue[0]!;
    const slowTimer = setTimeout(entry.onDelay, this.slowAfter);
    const answer = await this.send(entry.it);
    clearTimeout(slowTimer);
    this.queue.splice(this.queue.indexOf(entry), 1);
    if (answer.kind !== 'later') {
      entry.onAnswer(answer);
      return 0;
    }
    this.queue.push(entry);
    this.queue.forEach(it => it.onDelay());
    // Jitter, so that several hundred phones do not repeat at the same moment.
    const pause = this.pause(Math.max(answer.seconds + this.random(), Math.min(2 ** attempt, 30) * (1 + this.random() / 2)));
    await (answer.seconds > 0 ? pause : Promise.race([pause, new Promise<void>(resolve => this.endPause = resolve)]));
    this.endPause = null;
    return attempt + 1;
  }
}

export async function send(code: string, request: SignRequest): Promise<Answer> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), requestTimeout);
  try {
    const response = await post(code, request, { signal: controller.signal });
    // Read in any case: a browser counts a request whose body was not read as one in progress.
    const body = await response.text();
    if (isTemporary(response.status))
      return { kind: 'later', seconds: Number(response.headers.get('Retry-After')) || 0 };
    const parsed = JSON.parse(body);
    // A captive portal answers in place of our server; only answers in our form are accepted.
    if (response.ok)
      return parsed.receipt ? { kind: 'signed', receipt: parsed } : { kind: 'later', seconds: 0 };
    return !parsed.title ? { kind: 'later', seconds: 0 }
      : { kind: parsed.type === '/problems/signing-ended' ? 'ended' : 'refused', problem: parsed };
  } catch {
    return { kind: 'later', seconds: 0 };
  } finally {
    clearTimeout(timer);
  }
}

/** The key is a header, too: by it the server's rate limit lets requests pass that have waited on the phone. */
export function post(code: string, request: SignRequest, init: RequestInit): Promise<Response> {
  return fetch(`/api/events/${code}/pledges`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': request.key }, body: JSON.stringify(request),
    ...init,
  });
}

/** Waits; ends early when the network returns, the page becomes visible, or the button is pressed. */
export function interruptibleDelay(seconds: number, button: HTMLElement | null): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      removeEventListener('pageshow', done);
      document.removeEventListener('visibilitychange', onVisible);
      button?.removeEventListener('click', done);
      resolve();
    };
    const onVisible = () => document.visibilityState === 'visible' && done();
    const timer = setTimeout(done, seconds * 1000);
    addEventListener('online', done);
    addEventListener('pageshow', done);
    document.addEventListener('visibilitychange', onVisible);
    button?.addEventListener('click', done);
  });
}
