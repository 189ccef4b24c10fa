const most = 3;
const longest = 10000; // ms

/**
 * Questions put to a server that may not be there. On a dead line each hangs, and a browser keeps but six requests to one
 * server under way, so at most three do: the oldest is given time, for a line that is only slow, and of the others the
 * older makes room for the newest, which finds out whether the line is back.
 */
export class Questions {
  private readonly hanging: AbortController[] = [];

  /** Fails when it was given up, as when the line is dead. */
  async ask<T>(put: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.hanging.length === most) this.hanging[1]!.abort();
    const asked = new AbortController();
    this.hanging.push(asked);
    const timer = setTimeout(() => asked.abort(), longest);
    // Removed at once, so that the next but one can start.
    asked.signal.addEventListener('abort', () => this.leave(asked));
    try {
      return await put(asked.signal);
    } finally {
      clearTimeout(timer);
      this.leave(asked);
    }
  }

  private leave(asked: AbortController) {
    const place = this.hanging.indexOf(asked);
    if (place >= 0) this.hanging.splice(place, 1);
  }
}
