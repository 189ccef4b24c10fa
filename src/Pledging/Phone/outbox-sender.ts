// Sends the requests that are in the outbox, and deletes each once it is answered.
import { Delivery, interruptibleDelay, post, send, type Final } from './delivery';
import { allSubmissions } from './submissions';
import type { Outbox, Submission } from './outbox';
import type { SubmissionList } from './submission-list';

const endedRetryInterval = 120_000; // ms between two attempts at an event whose signing is over: it may be opened again

export class OutboxSender {
  private readonly handled = new Set<string>();
  private readonly inFlight = new Map<string, Promise<Final>>();
  private readonly delivery = new Delivery<Submission>(
    it => this.send(it), seconds => interruptibleDelay(seconds, document.getElementById('send-now')));
  private sending: Submission | null = null;
  /** Requests answered by "signing has ended", on a phone that stores nothing. */
  private readonly unstored = new Map<string, Submission>();

  constructor(private readonly outbox: Outbox, private readonly list: SubmissionList) {
    // When the page is closed the browser aborts its requests but for those with `keepalive`. Only then is one sent so: the browser allows
    // 64 KB of such requests in all.
    addEventListener('pagehide', () => this.handlePageHide());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.handlePageHide());
  }

  /**
   * A refused request stays in the outbox until the reader has seen why: the caller removes it then. One that is being sent already is not
   * sent twice at a time.
   */
  async deliver(it: Submission, onDelay: () => void, next = true): Promise<Final> {
    const { key } = it.request;
    const answering = this.inFlight.get(key);
    if (answering) {
      onDelay();
      return answering;
    }
    const answer = this.sendNew(it, onDelay, next);
    this.inFlight.set(key, answer);
    try {
      return await answer;
    } finally {
      this.inFlight.delete(key);
    }
  }

  private async sendNew(it: Submission, onDelay: () => void, next: boolean): Promise<Final> {
    const { key } = it.request;
    this.handled.add(key);
    const answer = await new Promise<Final>(answered => this.delivery.add({ it, onDelay, onAnswer: answered }, next));
    this.unstored.delete(key);
    if (answer.kind === 'signed')
      this.outbox.forget(key);
    if (answer.kind !== 'refused')
      this.handled.delete(key);
    if (answer.kind === 'ended') {
      if (!allSubmissions().some(stored => stored.request.key === key))
        this.unstored.set(key, it);
      setTimeout(() => this.resume(), endedRetryInterval);
    }
    return answer;
  }

  /** Sends the requests in the outbox that this page is not sending yet, such as those of a page that was closed. */
  resume(inHand?: Submission | null): void {
    // A request that was refused is in the form again, and has no line.
    const unstored = [...this.unstored.values()].filter(it => this.list.has(it.request.key));
    for (const it of [...allSubmissions(), ...unstored])
      if (it.request.key !== inHand?.request.key && !this.handled.has(it.request.key))
        this.sendInBackground(it);
  }

  private async sendInBackground(it: Submission): Promise<void> {
    this.list.showWaiting(it);
    this.list.showAnswer(it, await this.deliver(it, () => {}, false));
  }

  private async send(it: Submission): ReturnType<typeof send> {
    this.sending = it;
    const answer = await send(it.code, it.request);
    this.sending = null;
    return answer;
  }

  private handlePageHide(): void {
    const it = this.sending;
    this.sending = null; // once is enough
    if (it)
      // An unread body counts as a request in progress.
      post(it.code, it.request, { keepalive: true }).then(response => response.text()).catch(() => {});
  }
}
