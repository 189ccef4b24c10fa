import { clamp } from './motion';
import { depth, fill, stroke, type Canvas } from './paint';
import { blend, css, mix, type Tone } from './tone';
import { crestHeight, type Crest, type Water } from './water';

const time = 600; // ms
/** The share of that time after which it covers everything: it comes faster than it goes, so that the next scene is there sooner. */
const covered = 0.34;
const hurry = Math.log(0.5) / Math.log(covered);

/** Water passes over the screen; where it covers everything, the next scene is composed under it. */
export class Passing {
  private composed = false;
  private readonly wall: Crest;

  constructor(
    private readonly water: Water, private readonly direction: 1 | -1, private readonly from: Tone, private readonly to: Tone,
    private readonly began: number, private readonly compose: () => void,
  ) {
    const { width, height } = water;
    this.wall = { x: 0, height: 1.9 * height, front: 0.78 * width, behind: 0.82 * width, power: 3.4, direction, followers: false };
    // Where no picture is drawn, as in a covered window, the scene changes all the same.
    setTimeout(() => this.finish(), time);
  }

  /** Composes the next scene if that is still to be done. */
  finish() {
    if (this.composed) return;
    this.composed = true;
    this.compose();
  }

  /** False once the water has passed. */
  draw(canvas: Canvas, now: number): boolean {
    const { width, height, unit, base } = this.water;
    const p = clamp((now - this.began) / time) ** hurry; // 0.5 when all is covered
    const way = (0.5 - Math.cos(Math.PI * p) / 2) * 0.94 + p * 0.06;
    const span = width * 1.35;
    this.wall.x = this.direction > 0 ? -span + (width + 2 * span) * way : width + span - (width + 2 * span) * way;
    const tone = blend(this.from, this.to, p);
    const ahead = { ...this.wall, x: this.wall.x + this.direction * width * 0.07, height: this.wall.height * 1.02 };
    const stretch = { width, step: 12, base };
    const surface = (x: number) => crestHeight(x, width, this.wall) + this.water.swellAt(x, now) - 2 * unit;
    const behind = (x: number) => crestHeight(x, width, ahead) + this.water.swellAt(x, now, true) - 3 * unit;
    fill(canvas, behind, stretch, height, css(mix(tone.back, tone.top, 0.25)));
    const cover = Math.sqrt(Math.sin(Math.PI * p));
    const gradient = canvas.createLinearGradient(0, base * (1 - cover), 0, (base + depth * unit) * (1 - cover) + height * cover);
    gradient.addColorStop(0, css(tone.top));
    gradient.addColorStop(1, css(tone.deep));
    fill(canvas, surface, stretch, height, gradient);
    stroke(canvas, surface, stretch, 0.7 * unit, css(tone.edge, 0.85));
    if (p >= 0.5 || Math.min(surface(0), surface(width)) > base) this.finish(); // it is highest between the edges
    return p < 1;
  }
}
