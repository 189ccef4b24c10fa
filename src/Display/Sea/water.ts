import { clamp, easeInOut, mixed } from './motion';

const turn = 2 * Math.PI;

/** A ring on the water. Sizes in units, speed in units a second, life in milliseconds. */
export interface Ripple { x: number; at: number; size: number; speed: number; width: number; fade: number; life: number }

/** A high wave that travels; all lengths in pixels. `followers` are two lower ones behind it. */
export interface Crest { x: number; height: number; front: number; behind: number; power: number; direction: 1 | -1; followers: boolean }

/** The height of a wave with its top at 0; `power` 1.6 rounds the tip, 3.4 makes a wall. */
function hump(distance: number, front: number, behind: number, power: number): number {
  const v = Math.abs(distance) / (distance > 0 ? front : behind);
  return Math.exp(-((power < 2 ? Math.sqrt(v * v + 0.03) - 0.1732 : v) ** power));
}

/** How high a crest stands at a place, in pixels. */
export function crestHeight(x: number, width: number, crest: Crest): number {
  const { height, front, behind, power } = crest;
  const own = hump(crest.direction * (x - crest.x), front, behind, power);
  if (!crest.followers) return height * own;
  const second = hump(x - crest.x + 0.5 * width, front * 1.1, behind * 0.7, power);
  const third = hump(x - crest.x + 0.9 * width, front, behind * 0.6, power);
  return height * (own + 0.3 * second + 0.13 * third);
}

/** The water of the stage: its level, its swell, what runs over its surface. Lengths in pixels, times in milliseconds. */
export class Water {
  width = 0;
  height = 0;
  /** A hundredth of the height of the picture, less on a narrow one. */
  unit = 1;
  /** The level, as a share of the height, and the one that it moves to. */
  level = 0;
  goal = 0;
  /** How high the swell goes: 1 by day, less at the oath. */
  swell = 1;
  swellGoal = 1;
  ripples: Ripple[] = [];
  crest: Crest | null = null;
  private from = 0;
  private began = 0;
  private time = 0;
  private ease = easeInOut;

  /** Where the surface is without any wave. */
  get base(): number {
    return this.height * (1 - this.level);
  }

  get isMoving(): boolean {
    return this.level !== this.goal || this.ripples.length > 0 || this.crest !== null;
  }

  rise(to: number, time: number, now: number, ease = easeInOut) {
    [this.from, this.goal, this.began, this.time, this.ease] = [this.level, to, now, time, ease];
    if (time === 0) this.level = to;
  }

  /** Goes on to a moment. */
  step(now: number) {
    if (this.level !== this.goal) {
      const p = clamp((now - this.began) / this.time);
      this.level = p === 1 ? this.goal : mixed(this.from, this.goal, this.ease(p));
    }
    this.swell += (this.swellGoal - this.swell) * 0.06;
    this.ripples = this.ripples.filter(ripple => now - ripple.at < ripple.life);
  }

  /** The swell above the level; of the layer in front, or of the one behind. Waves of 7 to 17 s, so that 7 pictures a second do. */
  swellAt(x: number, now: number, behind = false): number {
    const s = now / 1000;
    const place = x / this.width;
    const wave = (length: number, period: number, phase: number) => Math.sin(turn * (place / length + s / period) + phase);
    return this.swell * this.unit * (behind
      ? 0.9 * wave(1.3, 17, 2.1) + 0.5 * wave(0.6, -12, 0.4) + 1.1
      : 0.95 * wave(1.05, -15, 0) + 0.5 * wave(0.47, 10, 1.3) + 0.22 * wave(0.21, -7, 0.7));
  }

  rippleAt(x: number, now: number): number {
    return this.ripples.reduce((y, ripple) => y + this.heightOf(ripple, x, now), 0);
  }

  /** The same at many places that lie evenly apart: each ripple is reckoned only where it is. */
  ripplesAlong(from: number, step: number, count: number, now: number): Float32Array {
    const heights = new Float32Array(count);
    for (const ripple of this.ripples) {
      const way = ripple.speed * this.unit * (now - ripple.at) / 1000;
      const reach = way + 3 * ripple.width * this.unit;
      const calm = way - 3 * ripple.width * this.unit; // inside of the ring the water is flat again
      const last = Math.min(count - 1, Math.floor((ripple.x + reach - from) / step));
      for (let i = Math.max(0, Math.ceil((ripple.x - reach - from) / step)); i <= last; i++) {
        const x = from + i * step;
        if (Math.abs(x - ripple.x) >= calm) heights[i]! += this.heightOf(ripple, x, now);
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

  /** The surface above the level. */
  surfaceAt(x: number, now: number): number {
    return this.swellAt(x, now) + this.rippleAt(x, now) + this.crestAt(x);
  }
}
