import type { ServerTime } from '../../Stage/scene-view';

/** Whole seconds left, as people count them: 1 until the very end. */
export const secondsLeft = (until: number, now: number) => Math.max(0, Math.ceil((until - now) / 1000));

/** Shows how long there is to sign until the wave, by the server's clock; out of sight without a countdown. */
export class CountdownWatch {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly element: HTMLElement, private readonly clock: ServerTime) {}

  until(end: number | null) {
    clearTimeout(this.timer);
    this.element.hidden = end === null;
    if (end === null) return;
    const left = secondsLeft(end, this.clock.now());
    this.element.querySelector('b')!.textContent = String(left);
    // Each number changes at its own moment, so two projectors change together.
    if (left > 0) this.timer = setTimeout(() => this.until(end), end - (left - 1) * 1000 - this.clock.now());
  }
}
