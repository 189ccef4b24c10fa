// A running film is at the position given by the server's clock, on every projector and after a late start. A player starts
// late and runs by its own clock, so it is corrected: by a playback rate close to 1, or by seeking where that would take
// too long.

/** Seconds. Less than this nobody sees or hears. */
const close = 0.05;
/** Seconds. More than this would take half a minute to make good. */
const far = 1.5;
/** The pace is changed by no more than this: speech keeps its pitch and its sense. */
const maxSpeedChange = 0.05;

export interface Correction {
  /** Seconds into the film to jump to; null to stay. */
  jumpTo: number | null;
  rate: number;
}

/** How a player that runs is led to where the film should be; both in seconds. */
export function correct(player: number, film: number): Correction {
  const behind = film - player;
  if (Math.abs(behind) > far) return { jumpTo: film, rate: 1 };
  if (Math.abs(behind) < close) return { jumpTo: null, rate: 1 };
  return { jumpTo: null, rate: 1 + Math.max(-maxSpeedChange, Math.min(maxSpeedChange, behind / 10)) };
}
