import { clamp } from './motion';
import { teardrop, type Canvas } from './paint';
import { css, type Tone } from './tone';
import type { Water } from './water';

const fallTime = 950; // ms
const sprayTime = 420;
const betweenDrops = 110;
const gravity = 60; // units a second, squared
const above = 3; // units over the picture's upper edge, where a drop begins

interface Falling { x: number; radius: number; at: number; landed: boolean }
interface Spray { x: number; y: number; radius: number; at: number; right: number; up: number }

/** Drops that fall into the water, one for each arrival, and what they throw up. */
export class Drops {
  private falling: Falling[] = [];
  private spray: Spray[] = [];

  private arrived = 0;
  private fellAt = 0;
  private next: ReturnType<typeof setTimeout> | undefined;

  /** @param fallen Called when another drop is on its way. */
  constructor(private readonly water: Water, private readonly now: () => number, private readonly fallen: () => void) {}

  get active(): boolean {
    return this.falling.length > 0 || this.spray.length > 0;
  }

  get count(): number {
    return this.falling.length;
  }

  /**
   * A drop at once for so many families; those that come within a tenth of a second make the next one larger.
   * @param clear Units of the width, around the middle, that no drop falls through.
   */
  arrive(families: number, clear: number) {
    this.arrived += families;
    const wait = this.fellAt + betweenDrops - this.now();
    if (wait <= 0) this.fall(clear);
    else this.next ??= setTimeout(() => this.fall(clear), wait);
  }

  private fall(clear: number) {
    const { width, unit } = this.water;
    this.next = undefined;
    this.fellAt = this.now();
    const side = Math.max(6 * unit, (width - clear * unit) / 2 - 4 * unit);
    const x = 4 * unit + Math.random() * side;
    const radius = Math.min(2.7, 1.5 + 0.28 * Math.sqrt(this.arrived)) * unit;
    this.falling.push({ x: Math.random() < 0.5 ? x : width - x, radius, at: this.fellAt, landed: false });
    this.arrived = 0;
    this.fallen();
  }

  /** @param size In units. */
  splash(x: number, size: number, now: number) {
    const { unit, base } = this.water;
    this.water.ripples.push({ x, at: now, size, speed: 26, width: 3.4, fade: 1.5, life: 2600 });
    for (let i = 0; i < 4; i++)
      this.spray.push({
        x, y: base, at: now, radius: (0.3 + 0.22 * size) * unit * (0.7 + Math.random() * 0.5),
        right: (i - 1.5) * 9 * unit + (Math.random() - 0.5) * 6 * unit, up: (16 + Math.random() * 9) * unit * (0.7 + size * 0.25),
      });
  }

  draw(canvas: Canvas, tone: Tone, now: number) {
    const { unit, base } = this.water;
    const from = -above * unit;
    canvas.beginPath();
    for (const drop of this.falling) {
      const p = (now - drop.at) / fallTime;
      if (p < 1) teardrop(canvas, drop.x, from + (base - from) * p * p, drop.radius * clamp(p * 6));
      else if (!drop.landed) {
        drop.landed = true;
        this.splash(drop.x, drop.radius / unit * 0.75, now);
      }
    }
    for (const { x, y, radius, at, right, up } of this.spray) {
      const s = (now - at) / 1000;
      const p = clamp((now - at) / sprayTime);
      canvas.moveTo(x + right * s + radius, y);
      canvas.arc(x + right * s, y - up * s + gravity * unit * s * s, radius * (1 - p / 2), 0, 2 * Math.PI);
    }
    canvas.fillStyle = css(tone.drop);
    canvas.fill();
    this.falling = this.falling.filter(drop => !drop.landed);
    this.spray = this.spray.filter(({ at }) => now - at < sprayTime);
  }
}
