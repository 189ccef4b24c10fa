// The beats of CPR practice. Each is computed from the start, not from the previous beat, so that nothing drifts, and a screen that opens
// later shows the same beat.

export const compressionsInRound = 30;
export const breathsInRound = 2;

/** Milliseconds of countdown, three, two, one, before the first compression. */
export const getReadyTime = 3000;

// Milliseconds, to tilt the head, blow, see the chest rise and let it fall.
const breathTime = 2500;

export interface Beat {
  kind: 'ready' | 'press' | 'breathe';
  /** As people count: 3, 2, 1 to get ready, compressions 1 to 30, breaths 1 and 2. */
  number: number;
  /** 30 compressions and 2 breaths make one, from 1. */
  round: number;
  /** When it begins and ends, in milliseconds since the practice was started. */
  at: number;
  until: number;
}

const beatTime = (beatsPerMinute: number) => 60_000 / beatsPerMinute;
const roundTime = (beatsPerMinute: number) => compressionsInRound * beatTime(beatsPerMinute) + breathsInRound * breathTime;

/** The beat at so many milliseconds after the practice was started. */
export function beatAt(elapsed: number, beatsPerMinute: number): Beat {
  if (elapsed < getReadyTime) {
    const second = Math.max(0, Math.floor(elapsed / 1000));
    return { kind: 'ready', number: 3 - second, round: 1, at: second * 1000, until: second * 1000 + 1000 };
  }
  const press = beatTime(beatsPerMinute);
  const whole = roundTime(beatsPerMinute);
  // The epsilon makes a moment at which a beat begins belong to that beat, whatever the rounding of the division.
  const sincePractice = elapsed - getReadyTime + 1e-6;
  const round = Math.floor(sincePractice / whole);
  const start = getReadyTime + round * whole;
  const within = sincePractice - round * whole;
  const pressing = compressionsInRound * press;
  if (within < pressing) {
    const beat = Math.floor(within / press);
    return { kind: 'press', number: beat + 1, round: round + 1, at: start + beat * press, until: start + (beat + 1) * press };
  }
  const breath = Math.min(breathsInRound - 1, Math.floor((within - pressing) / breathTime));
  const at = start + pressing + breath * breathTime;
  return { kind: 'breathe', number: breath + 1, round: round + 1, at, until: at + breathTime };
}

/** The beats that begin in [from, to). */
export function beatsBetween(from: number, to: number, beatsPerMinute: number): Beat[] {
  const beats: Beat[] = [];
  let beat = beatAt(Math.max(0, from), beatsPerMinute);
  if (beat.at < from) beat = beatAt(beat.until, beatsPerMinute);
  for (; beat.at < to; beat = beatAt(beat.until, beatsPerMinute)) beats.push(beat);
  return beats;
}
