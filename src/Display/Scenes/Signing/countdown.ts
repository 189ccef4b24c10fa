/** Whole seconds left, as people count them: 1 until the very end. */
export const secondsLeft = (until: number, now: number) => Math.max(0, Math.ceil((until - now) / 1000));

/** A countdown between two moments of the server's clock, in milliseconds. */
export interface Countdown { from: number; until: number }

const ringDrawTime = 420; // ms for which the ring's next part is animated, each second

/** How much of the ring is drawn, 0 to 1: each second adds its part with an animation. */
export function ringAt({ from, until }: Countdown, now: number): number {
  const seconds = Math.round((until - from) / 1000);
  const passed = (now - from) / 1000;
  if (passed <= 0) return 0;
  const whole = Math.floor(passed);
  const eased = 1 - (1 - Math.min(1, (passed - whole) * 1000 / ringDrawTime)) ** 4;
  return Math.min(1, (whole + (whole === 0 ? 0 : eased - 1)) / seconds + (now >= until ? 1 : 0));
}

const lastSeconds = 5;
const breathTime = 600; // ms of each of them

/** The scale of the ring: it pulses with each of the last seconds. */
export function breathAt({ until }: Countdown, now: number): number {
  const left = until - now;
  if (left <= 0 || left > lastSeconds * 1000) return 1;
  const p = (1000 - left % 1000) / breathTime;
  return p < 1 ? 1 + 0.022 * Math.sin(Math.PI * p) : 1;
}

/** Whether the ring is animated at this moment. */
export const ringMoves = ({ from, until }: Countdown, now: number): boolean => now >= from && now < until + ringDrawTime
  && (now - from) % 1000 < (until - now > lastSeconds * 1000 ? ringDrawTime : breathTime);

/** The level of the sea while the count is held: it rises with the families without revealing the number. */
export function levelAt(families: number, expected: number): number {
  return 0.18 + 0.15 * (1 - Math.exp(-families / (0.6 * Math.max(1, expected))));
}
