import { clamp } from './motion';
import type { Water } from './water';

const fallTime = 950; // ms
const sprayTime = 420;
const betweenDrops = 110;
const gravity = 60; // units a second, squared
const above = 3; // units over the picture's upper edge, where a drop begins
const largest = 2.7; // units, of a drop's radius
const sprayRadius = 1; // units, as the style sheet has it
const aside = 'translate(-99px,-99px)';
const shower = 12; // units to either side of its middle, in which drops fall
const crossing = 14_000; // ms in which it crosses the screen and comes back

type Kind = 'drop' | 'spray';
interface Falling { element?: HTMLElement; x: number; radius: number; at: number }
interface Spray { element: HTMLElement; x: number; y: number; radius: number; at: number; right: number; up: number }

/**
 * Drops that fall into the water, one for each arrival, and what they throw up. Each is an element that is only moved, a drop by
 * whole pixels, so that nothing is painted for it and the browser copies it as it is.
 */
export class Drops {
  private falling: Falling[] = [];
  private spray: Spray[] = [];
  private readonly spare: Record<Kind, HTMLElement[]> = { drop: [], spray: [] };

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
    const apart = Math.min(shower * unit, side);
    const along = apart + this.showerAt(this.fellAt) * 2 * (side - apart) + (Math.random() - 0.5) * 2 * apart;
    const x = 4 * unit + along + (along > side ? width - 8 * unit - 2 * side : 0);
    const radius = Math.min(largest, 1.5 + 0.28 * Math.sqrt(this.arrived)) * unit;
    this.falling.push({ x, radius, at: this.fellAt });
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
    this.falling = this.falling.filter(drop => {
      const { x, radius, at } = drop;
      const p = (now - at) / fallTime;
      const element = drop.element ??= this.take('drop', radius); // with the others, so that all need one picture
      const [left, top] = [x - radius, from + (base - from) * p * p - radius];
      if (p < 1) element.style.transform = `translate(${Math.round(left)}px,${Math.round(top)}px)`;
      else {
        this.release('drop', element);
        this.splash(x, radius / unit * 0.75, now);
      }
      return p < 1;
    });
    this.spray = this.spray.filter(({ element, x, y, radius, at, right, up }) => {
      const s = (now - at) / 1000;
      const p = (now - at) / sprayTime;
      const [left, top] = [x + right * s, y - up * s + gravity * unit * s * s];
      const scale = radius / (sprayRadius * unit) * (1 - p / 2);
      if (p < 1) element.style.transform = `translate(${left.toFixed(1)}px,${top.toFixed(1)}px) scale(${scale.toFixed(3)})`;
      else this.release('spray', element);
      return p < 1;
    });
    if (!this.active) this.room.toggleAttribute('data-moves', false);
  }

  private take(kind: Kind, radius?: number): HTMLElement {
    const element = this.spare[kind].pop() ?? this.room.appendChild(document.createElement('i'));
    this.room.toggleAttribute('data-moves', true);
    element.className = kind;
    if (radius) element.style.width = element.style.height = `${Math.round(2 * radius)}px`;
    return element;
  }

  private release(kind: Kind, element: HTMLElement) {
    element.style.transform = aside;
    this.spare[kind].push(element);
  }
}
