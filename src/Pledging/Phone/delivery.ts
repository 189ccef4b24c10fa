// Gets sign requests to the server, however long the network takes. A request keeps its key, so sending it again
// is always safe: the server stores it once.

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
export interface Problem { type?: string; status: number; title: string; detail: string; errors?: Record<string, string[]> }

export type Answer =
  | { kind: 'signed'; receipt: Receipt }
  | { kind: 'refused'; problem: Problem }
  /** Signing is over; if it opens again, the same request is taken. */
  | { kind: 'ended'; problem: Problem }
  /** Nobody knows yet whether it was stored; `seconds` is how long the server asks to wait. */
  | { kind: 'later'; seconds: number };

/** An answer that sending again would not change now. */
export type Final = Exclude<Answer, { kind: 'later' }>;

const patience = 20_000; // ms

/** A request to be sent, and who is told what becomes of it. */
export interface Load<T> {
  it: T;
  /** It is on its way for longer than a reader should be left without a word. */
  waits: () => void;
  answered: (answer: Final) => void;
}

/**
 * Sends one request at a time, and the next as soon as one is answered, until there is an answer for good to all. Where the
 * server asks to wait, all wait; then the turn is another's, so that none holds up the others.
 */
export class Delivery<T> {
  private readonly loads: Load<T>[] = [];
  private running = false;
  /** Ends the pause; null where there is none, or the server has asked for it. */
  private hurry: (() => void) | null = null;

  constructor(
    private readonly send: (it: T) => Promise<Answer>, private readonly pause: (seconds: number) => Promise<void>,
    private readonly silence = 3000, // ms
    private readonly random = Math.random,
  ) {}

  /** Adds one to the end, or, where somebody stands there and waits for it, as the next. */
  async add(load: Load<T>, next: boolean): Promise<void> {
    next ? this.loads.unshift(load) : this.loads.push(load);
    if (this.running) {
      if (this.hurry && next)
        this.hurry();
      else
        load.waits();
      return;
    }
    this.running = true;
    for (let attempt = 0; this.loads.length > 0;)
      attempt = await this.sendNext(attempt);
    this.running = false;
  }

  /** Answers how many attempts in a row brought nothing. */
  private async sendNext(attempt: number): Promise<number> {
    const load = this.loads[0]!;
    const slow = setTimeout(load.waits, this.silence);
    const answer = await this.send(load.it);
    clearTimeout(slow);
    this.loads.splice(this.loads.indexOf(load), 1);
    if (answer.kind !== 'later') {
      load.answered(answer);
      return 0;
    }
    this.loads.push(load);
    this.loads.forEach(it => it.waits());
    // Jitter, so that several hundred phones do not repeat at the same moment.
    const pause = this.pause(Math.max(answer.seconds + this.random(), Math.min(2 ** attempt, 30) * (1 + this.random() / 2)));
    await (answer.seconds > 0 ? pause : Promise.race([pause, new Promise<void>(resolve => this.hurry = resolve)]));
    this.hurry = null;
    return attempt + 1;
  }
}

export async function send(code: string, request: SignRequest): Promise<Answer> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const response = await post(code, request, { signal: stop.signal });
    // Read in any case: a browser counts a request whose answer lies unread as one that is under way.
    const body = await response.text();
    if (response.status === 429 || response.status >= 500)
      return { kind: 'later', seconds: Number(response.headers.get('Retry-After')) || 0 };
    const said = JSON.parse(body);
    // A captive portal answers in place of our server; only answers in our form are accepted.
    if (response.ok)
      return said.receipt ? { kind: 'signed', receipt: said } : { kind: 'later', seconds: 0 };
    return !said.title ? { kind: 'later', seconds: 0 }
      : { kind: said.type === '/problems/signing-ended' ? 'ended' : 'refused', problem: said };
  } catch {
    return { kind: 'later', seconds: 0 };
  } finally {
    clearTimeout(timer);
  }
}

/** The key stands before the body, too: by it the server lets pass what has waited on this phone. */
export function post(code: string, request: SignRequest, how: RequestInit): Promise<Response> {
  return fetch(`/api/events/${code}/pledges`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': request.key }, body: JSON.stringify(request),
    ...how,
  });
}

/** Waits, but no longer than until the network or the reader comes back, or `now` is pressed. */
export function waitOrReturn(seconds: number, now: HTMLElement | null): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      removeEventListener('pageshow', done);
      document.removeEventListener('visibilitychange', seen);
      now?.removeEventListener('click', done);
      resolve();
    };
    const seen = () => document.visibilityState === 'visible' && done();
    const timer = setTimeout(done, seconds * 1000);
    addEventListener('online', done);
    addEventListener('pageshow', done);
    document.addEventListener('visibilitychange', seen);
    now?.addEventListener('click', done);
  });
}
