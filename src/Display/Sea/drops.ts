import { clamp } from './motion';
import type { Water } from './water';

const fallTime = 950; // ms
const sprayTime = 420;
const betweenDrops = 110;
const gravity = 60; // units a second, squared
const above = 3; // units over the picture's upper edge, where a drop begins
const size = 2.7; // units, of the radius that the style sheet gives a drop: the largest
const length = 1.3; // of a drop as it falls, beside its width
const shower = 12; // units to either side of its middle, in which drops fall
const crossing = 14_000; // ms in which it crosses the screen and comes back

interface Falling { element: HTMLElement; x: number; radius: number; at: number }
interface Spray { element: HTMLElement; x: number; y: number; radius: number; at: number; right: number; up: number }

/**
 * Drops that fall into the water, one for each arrival, and what they throw up. Each is an element that is only moved, so that
 * nothing is painted for it.
 */
export class Drops {
  private falling: Falling[] = [];
  private spray: Spray[] = [];
  private readonly spare: HTMLElement[] = [];

  private arrived = 0;
  private fellAt = 0;
  private next: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param room Holds their elements.
   * @param fallen Called when another drop is on its way.
   */
  constructor(
    private readonly water: Water, private readonly room: HTMLElement, private readonly now: () => number, private readonly fallen: () => void,
  ) {}

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
    const along = clamp(this.showerAt(this.fellAt) * 2 * side + (Math.random() - 0.5) * 2 * shower * unit, 0, 2 * side);
    const x = 4 * unit + along + (along > side ? width - 8 * unit - 2 * side : 0);
    const radius = Math.min(size, 1.5 + 0.28 * Math.sqrt(this.arrived)) * unit;
    this.falling.push({ element: this.take('drop'), x, radius, at: this.fellAt });
    this.arrived = 0;
    this.fallen();
  }

  /**
   * Where it rains, a share of the way from the left edge to the right: a shower that wanders over the sea. What falls together stands
   * close together, and the browser puts together anew only what lies between.
   */
  private showerAt(now: number): number {
    return (1 - Math.cos(2 * Math.PI * now / crossing)) / 2;
  }

  /** @param size In units. */
  splash(x: number, size: number, now: number) {
    const { unit, base } = this.water;
    this.water.ripples.push({ x, at: now, size, speed: 26, width: 3.4, fade: 1.5, life: 2600 });
    for (let i = 0; i < 4; i++)
      this.spray.push({
        element: this.take('spray'), x, y: base, at: now, radius: (0.3 + 0.22 * size) * unit * (0.7 + Math.random() * 0.5),
        right: (i - 1.5) * 9 * unit + (Math.random() - 0.5) * 6 * unit, up: (16 + Math.random() * 9) * unit * (0.7 + size * 0.25),
      });
  }

  move(now: number) {
    const { unit, base } = this.water;
    const from = -above * unit;
    this.falling = this.falling.filter(({ element, x, radius, at }) => {
      const p = (now - at) / fallTime;
      if (p < 1) this.place(element, x, from + (base - from) * p * p, radius * clamp(p * 6), length);
      else {
        this.release(element);
        this.splash(x, radius / unit * 0.75, now);
      }
      return p < 1;
    });
    this.spray = this.spray.filter(({ element, x, y, radius, at, right, up }) => {
      const s = (now - at) / 1000;
      const p = (now - at) / sprayTime;
      if (p < 1) this.place(element, x + right * s, y - up * s + gravity * unit * s * s, radius * (1 - p / 2), 1);
      else this.release(element);
      return p < 1;
    });
  }

  private place(element: HTMLElement, x: number, y: number, radius: number, length: number) {
    const scale = radius / (size * this.water.unit);
    element.style.transform = `translate(${x.toFixed(1)}px,${y.toFixed(1)}px) scale(${scale.toFixed(3)},${(scale * length).toFixed(3)}) rotate(45deg)`;
  }

  private take(kind: 'drop' | 'spray'): HTMLElement {
    const element = this.spare.pop() ?? this.room.appendChild(document.createElement('i'));
    element.className = kind;
    return element;
  }

  private release(element: HTMLElement) {
    element.className = ''; // no layer of its own while it waits
    element.style.transform = '';
    this.spare.push(element);
  }
}
