import { clamp, easeInOut, lerp } from './motion';

const fullTurn = 2 * Math.PI;

/** A circular ripple. Sizes in units, speed in units per second, life in milliseconds. */
export interface Ripple { x: number; at: number; size: number; speed: number; width: number; fade: number; life: number }

/** A high wave that travels; all lengths in pixels. With `followers` two lower ones are behind it. */
export interface Crest { x: number; height: number; front: number; behind: number; power: number; direction: 1 | -1; followers: boolean }

/** The height of a wave with its top at 0; `power` 1.6 rounds the tip, 3.4 makes a wall. */
function humpAt(distance: number, front: number, behind: number, power: number): number {
  const v = Math.abs(distance) / (distance > 0 ? front : behind);
  return Math.exp(-((power < 2 ? Math.sqrt(v * v + 0.03) - 0.1732 : v) ** power));
}

/** How high a crest stands at a place, in pixels. */
export function crestHeight(x: number, width: number, crest: Crest): number {
  const { height, front, behind, power } = crest;
  const own = humpAt(crest.direction * (x - crest.x), front, behind, power);
  if (!crest.followers) return height * own;
  const second = humpAt(x - crest.x + 0.5 * width, front * 1.1, behind * 0.7, power);
  const third = humpAt(x - crest.x + 0.9 * width, front, behind * 0.6, power);
  return height * (own + 0.3 * second + 0.13 * third);
}

/** The water of the stage: its level, swell, ripples and crest. Lengths in pixels, times in milliseconds. */
export class Water {
  width = 0;
  height = 0;
  /** A hundredth of the height of the picture, less on a narrow one. */
  unit = 1;
  /** The level, as a share of the height; it moves to `targetLevel`. */
  level = 0;
  targetLevel = 0;
  /** The height of the swell: 1, or less at the oath. */
  swell = 1;
  targetSwell = 1;
  ripples: Ripple[] = [];
  crest: Crest | null = null;
  private from = 0;
  private began = 0;
  private time = 0;
  private ease = easeInOut;

  /** The y of the surface without waves. */
  get base(): number {
    return this.height * (1 - this.level);
  }

  get isMoving(): boolean {
    return this.level !== this.targetLevel || this.ripples.length > 0 || this.crest !== null;
  }

  rise(to: number, time: number, now: number, ease = easeInOut) {
    [this.from, this.targetLevel, this.began, this.time, this.ease] = [this.level, to, now, time, ease];
    if (time === 0) this.level = to;
  }

  /** Advances to a moment. */
  step(now: number) {
    if (this.level !== this.targetLevel) {
      const p = clamp((now - this.began) / this.time);
      this.level = p === 1 ? this.targetLevel : lerp(this.from, this.targetLevel, this.ease(p));
    }
    this.swell += (this.targetSwell - this.swell) * 0.06;
    this.ripples = this.ripples.filter(ripple => now - ripple.at < ripple.life);
  }

  /** The swell above the level, of the front layer or of the one behind. Periods of 7 to 17 s, so that 7 frames per second are enough. */
  swellAt(x: number, now: number, behind = false): number {
    const s = now / 1000;
    const place = x / this.width;
    const wave = (length: number, period: number, phase: number) => Math.sin(fullTurn * (place / length + s / period) + phase);
    return this.swell * this.unit * (behind
      ? 0.9 * wave(1.3, 17, 2.1) + 0.5 * wave(0.6, -12, 0.4) + 1.1
      : 0.95 * wave(1.05, -15, 0) + 0.5 * wave(0.47, 10, 1.3) + 0.22 * wave(0.21, -7, 0.7));
  }

  rippleAt(x: number, now: number): number {
    return this.ripples.reduce((y, ripple) => y + this.heightOf(ripple, x, now), 0);
  }

  /** The same at many evenly spaced places: each ripple is computed only where it is. */
  ripplesAlong(from: number, step: number, count: number, now: number): Float32Array {
    const heights = new Float32Array(count);
    for (const ripple of this.ripples) {
      const travelled = ripple.speed * this.unit * (now - ripple.at) / 1000;
      const reach = travelled + 3 * ripple.width * this.unit;
      const calmRadius = travelled - 3 * ripple.width * this.unit; // inside this radius the water is flat again
      const last = Math.min(count - 1, Math.floor((ripple.x + reach - from) / step));
      for (let i = Math.max(0, Math.ceil((ripple.x - reach - from) / step)); i <= last; i++) {
        const x = from + i * step;
        if (Math.abs(x - ripple.x) >= calmRadius) heights[i]! += this.heightOf(ripple, x, now);
      }
    }
    return heights;
  }

  private heightOf(ripple: Ripple, x: number, now: number): number {
    const age = (now - ripple.at) / 1000;
    const distance = (Math.abs(x - ripple.x) - ripple.speed * this.unit * age) / (ripple.width * this.unit);
    if (Math.abs(distance) > 3) return 0;
    return ripple.size * this.unit * Math.exp(-age * ripple.fade - distance ** 2) * Math.cos(distance * 1.7);
  }

  crestAt(x: number): number {
    return this.crest ? crestHeight(x, this.width, this.crest) : 0;
  }

  /** The height of the surface above the level. */
  surfaceAt(x: number, now: number): number {
    return this.swellAt(x, now) + this.rippleAt(x, now) + this.crestAt(x);
  }
}
