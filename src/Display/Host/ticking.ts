let ahead = 0; // ms that the server's clock is ahead of this page's

/** The server has said in `data-now` what time it is. */
export function heard(within: HTMLElement, at: number): void {
  ahead = Number(within.querySelector<HTMLElement>('[data-now]')?.dataset.now) - at;
}

/** Moves the clocks on between two answers: `data-since` and `data-until` are moments of the server, in milliseconds. */
export function tick(within: HTMLElement, at: number): void {
  const now = at + ahead;
  for (const clock of within.querySelectorAll<HTMLElement>('[data-since], [data-until]')) {
    const { since, until } = clock.dataset;
    const text = minutes(until ? Math.ceil((Number(until) - now) / 1000) : Math.floor((now - Number(since)) / 1000));
    if (clock.textContent !== text)
      clock.textContent = text;
  }
}

/** 1:05, and never below 0:00. */
export function minutes(seconds: number): string {
  const left = Math.max(0, seconds);
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

/** 62:05 in seconds. */
export function secondsOf(clock: string): number {
  const [, whole, rest] = /(\d+):(\d\d)/.exec(clock) ?? [, '0', '0'];
  return Number(whole) * 60 + Number(rest);
}
