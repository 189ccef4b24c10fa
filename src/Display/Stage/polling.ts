const maxPending = 3;
const timeout = 10000; // ms

/**
 * Repeated requests to a server that may be unreachable. On a dead connection each hangs, and browsers allow six at a time to one server,
 * so at most three are pending: the oldest is kept, for a connection that is only slow; a new one aborts the older of the other two, to
 * find out whether the connection is back.
 */
export class PollingRequests {
  private readonly pending: AbortController[] = [];

  /** Rejects when it was aborted, and when the request fails. */
  async send<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.pending.length === maxPending) this.pending[1]!.abort();
    const controller = new AbortController();
    this.pending.push(controller);
    const timer = setTimeout(() => controller.abort(), timeout);
    // Removed at once on abort, so that a new request finds a place.
    controller.signal.addEventListener('abort', () => this.remove(controller));
    try {
      return await request(controller.signal);
    } finally {
      clearTimeout(timer);
      this.remove(controller);
    }
  }

  private remove(controller: AbortController) {
    const index = this.pending.indexOf(controller);
    if (index >= 0) this.pending.splice(index, 1);
  }
}
