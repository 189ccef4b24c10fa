// Gets a sign request to the server, however long the network takes. The request keeps its key, so sending it again
// is always safe: the server stores it once.

export interface SignRequest {
  key: string;
  textVersions: Record<string, number>;
  classId: number | null;
  signers: { role: string; name: string; classId?: number | null; relation?: string; signature?: string; typed?: true }[];
  /** The wording says which version of the rules and which language stood on the page. */
  consents: { guardian: boolean; showMaskedName: boolean; wording?: string };
}
export interface Receipt { receipt: string; number: number; signedAt: string; verification: string }
export interface Problem { status: number; title: string; detail: string; errors?: Record<string, string[]> }

export type Answer =
  | { kind: 'signed'; receipt: Receipt }
  | { kind: 'refused'; problem: Problem }
  /** Nobody knows yet whether it was stored; `seconds` is how long the server asks to wait. */
  | { kind: 'later'; seconds: number };

/** An answer that sending again would not change. */
export type Final = Exclude<Answer, { kind: 'later' }>;

const patience = 20_000;

/** Sends until there is an answer for good. */
export async function deliver(
  send: () => Promise<Answer>, wait: (seconds: number) => Promise<void>, random = Math.random,
): Promise<Final> {
  for (let attempt = 0; ; attempt++) {
    const answer = await send();
    if (answer.kind !== 'later')
      return answer;
    // Jitter, so that several hundred phones do not repeat at the same moment.
    await wait(Math.max(answer.seconds, Math.min(2 ** attempt, 30)) * (1 + random() / 2));
  }
}

export async function send(code: string, request: SignRequest): Promise<Answer> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const response = await fetch(`/api/events/${code}/pledges`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(request), signal: stop.signal,
      keepalive: true, // also when the page is closed right after the press
    });
    if (response.status === 429 || response.status >= 500)
      return { kind: 'later', seconds: Number(response.headers.get('Retry-After')) || 0 };
    const said = await response.json();
    // A captive portal answers in place of our server; only answers in our form are accepted.
    if (response.ok)
      return said.receipt ? { kind: 'signed', receipt: said } : { kind: 'later', seconds: 0 };
    return said.title ? { kind: 'refused', problem: said } : { kind: 'later', seconds: 0 };
  } catch {
    return { kind: 'later', seconds: 0 };
  } finally {
    clearTimeout(timer);
  }
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
