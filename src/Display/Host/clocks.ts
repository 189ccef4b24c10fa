let clockOffset = 0; // ms that the server's clock is ahead of this page's

/** Reads the server's time from `data-now`. */
export function readServerTime(root: HTMLElement, at: number): void {
  clockOffset = Number(root.querySelector<HTMLElement>('[data-now]')?.dataset.now) - at;
}

/** Updates the clocks between two polls: `data-since` and `data-until` are the server's times, in milliseconds. */
export function updateClocks(root: HTMLElement, at: number): void {
  const now = at + clockOffset;
  for (const clock of root.querySelectorAll<HTMLElement>('[data-since], [data-until]')) {
    const { since, until } = clock.dataset;
    const text = formatMinutes(until ? Math.ceil((Number(until) - now) / 1000) : Math.floor((now - Number(since)) / 1000));
    if (clock.textContent !== text)
      clock.textContent = text;
  }
}

/** 1:05, and never below 0:00. */
export function formatMinutes(seconds: number): string {
  const left = Math.max(0, seconds);
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

/** 62:05 in seconds. */
export function secondsOf(clock: string): number {
  const [, whole, rest] = /(\d+):(\d\d)/.exec(clock) ?? [, '0', '0'];
  return Number(whole) * 60 + Number(rest);
}
