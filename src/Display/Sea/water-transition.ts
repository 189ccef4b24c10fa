import { clamp } from './motion';
import { depth, fill, stroke, type Canvas } from './paint';
import { blendColours, mixColours, toCss, type WaterColours } from './colours';
import { crestHeight, type Crest, type Water } from './water';

const duration = 600; // ms
/** The share of that time after which it covers everything: less than half, so that the next scene is shown sooner. */
const coveredAt = 0.34;
const easingExponent = Math.log(0.5) / Math.log(coveredAt);

/** A wall of water passes over the screen; when it covers everything, the next scene is composed under it. */
export class WaterTransition {
  private composed = false;
  private readonly wall: Crest;

  constructor(
    private readonly water: Water, private readonly direction: 1 | -1,
    private readonly from: WaterColours, private readonly to: WaterColours,
    private readonly began: number, private readonly compose: () => void,
  ) {
    const { width, height } = water;
    this.wall = { x: 0, height: 1.9 * height, front: 0.78 * width, behind: 0.82 * width, power: 3.4, direction, followers: false };
    // Also where no frames are drawn, as in a covered window.
    setTimeout(() => this.finish(), duration);
  }

  /** Composes the next scene, once. */
  finish() {
    if (this.composed) return;
    this.composed = true;
    this.compose();
  }

  /** False once it is over. */
  draw(canvas: Canvas, now: number): boolean {
    const { width, height, unit, base } = this.water;
    const p = clamp((now - this.began) / duration) ** easingExponent; // 0.5 when all is covered
    const progress = (0.5 - Math.cos(Math.PI * p) / 2) * 0.94 + p * 0.06;
    const span = width * 1.35;
    this.wall.x = this.direction > 0 ? -span + (width + 2 * span) * progress : width + span - (width + 2 * span) * progress;
    const colours = blendColours(this.from, this.to, p);
    const ahead = { ...this.wall, x: this.wall.x + this.direction * width * 0.07, height: this.wall.height * 1.02 };
    const stretch = { width, step: 12, base };
    const surface = (x: number) => crestHeight(x, width, this.wall) + this.water.swellAt(x, now) - 2 * unit;
    const behind = (x: number) => crestHeight(x, width, ahead) + this.water.swellAt(x, now, true) - 3 * unit;
    fill(canvas, behind, stretch, height, toCss(mixColours(colours.back, colours.top, 0.25)));
    const cover = Math.sqrt(Math.sin(Math.PI * p));
    const gradient = canvas.createLinearGradient(0, base * (1 - cover), 0, (base + depth * unit) * (1 - cover) + height * cover);
    gradient.addColorStop(0, toCss(colours.top));
    gradient.addColorStop(1, toCss(colours.deep));
    fill(canvas, surface, stretch, height, gradient);
    stroke(canvas, surface, stretch, 0.7 * unit, toCss(colours.edge, 0.85));
    if (p >= 0.5 || Math.min(surface(0), surface(width)) > base) this.finish(); // it is highest between the edges
    return p < 1;
  }
}
