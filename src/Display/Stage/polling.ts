const maxPending = 3;
const timeout = 10000; // ms

/**
 * Requests to a server that may not be there, sent again and again. On a dead line each hangs, and a browser keeps but six
 * requests to one server under way, so at most three do: the oldest is given time, for a line that is only slow, and of the
 * others the older makes room for the newest, which finds out whether the line is back.
 */
export class PollingRequests {
  private readonly pending: AbortController[] = [];

  /** Fails when it was given up, as when the line is dead. */
  async send<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.pending.length === maxPending) this.pending[1]!.abort();
    const sent = new AbortController();
    this.pending.push(sent);
    const timer = setTimeout(() => sent.abort(), timeout);
    // Removed at once, so that the next but one can start.
    sent.signal.addEventListener('abort', () => this.remove(sent));
    try {
      return await request(sent.signal);
    } finally {
      clearTimeout(timer);
      this.remove(sent);
    }
  }

  private remove(sent: AbortController) {
    const place = this.pending.indexOf(sent);
    if (place >= 0) this.pending.splice(place, 1);
  }
}
