const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * The time until the beginning: calendar days while it is more than 24 hours, then a countdown, then "soon". The clocks of the event's zone
 * are ahead of UTC by the offset.
 */
export type Left = { days: number } | { clock: string } | 'soon';

export function leftUntil(starts: number, now: number, offset = 0): Left {
  const left = Math.ceil((starts - now) / second) * second;
  if (left <= 0) return 'soon';
  const calendarDay = (moment: number) => Math.floor((moment + offset) / day);
  if (left > day) return { days: calendarDay(starts) - calendarDay(now) };
  const hours = Math.floor(left / hour);
  const minutes = Math.floor(left / minute) % 60;
  const seconds = (left / second) % 60;
  const padded = (part: number) => String(part).padStart(2, '0');
  return { clock: hours > 0 ? `${hours}:${padded(minutes)}:${padded(seconds)}` : `${minutes}:${padded(seconds)}` };
}
