// A running film is at the position given by the server's clock, on every projector and after a late start. A player starts
// late and runs by its own clock, so it is corrected: by a playback rate close to 1, or by seeking where that would take
// too long.

/** Seconds. A smaller difference is not noticed. */
const maxUnnoticed = 0.05;
/** Seconds. A larger difference would take half a minute to correct by the rate. */
const maxGradual = 1.5;
/** The rate is changed by no more than this, so that speech stays natural. */
const maxSpeedChange = 0.05;

export interface Correction {
  /** Seconds into the film to jump to; null to stay. */
  jumpTo: number | null;
  rate: number;
}

/** How to correct a player that runs, from its position to the film's; both in seconds. */
export function correct(player: number, film: number): Correction {
  const behind = film - player;
  if (Math.abs(behind) > maxGradual) return { jumpTo: film, rate: 1 };
  if (Math.abs(behind) < maxUnnoticed) return { jumpTo: null, rate: 1 };
  return { jumpTo: null, rate: 1 + Math.max(-maxSpeedChange, Math.min(maxSpeedChange, behind / 10)) };
}
