import { clamp } from './motion';
import type { Water } from './water';

const fallTime = 950; // ms
const sprayTime = 420;
const minDropInterval = 110;
const gravity = 60; // units a second, squared
const startHeight = 3; // units above the screen's upper edge
const maxDropRadius = 2.7; // units
const sprayRadius = 1; // units, as the style sheet has it
const offscreen = 'translate(-99px,-99px)';
const showerHalfWidth = 12; // units to either side of its middle
const showerPeriod = 14_000; // ms in which it crosses the screen and comes back

type Kind = 'drop' | 'spray';
interface Falling { element?: HTMLElement; x: number; radius: number; at: number }
interface Spray { element: HTMLElement; x: number; y: number; radius: number; at: number; right: number; up: number }

/**
 * Drops that fall into the water for arrivals, and their spray. Each is an element that is only moved, a drop by whole pixels, so that the
 * browser does not repaint it.
 */
export class Drops {
  private falling: Falling[] = [];
  private spray: Spray[] = [];
  private readonly freeElements: Record<Kind, HTMLElement[]> = { drop: [], spray: [] };

  private pendingFamilies = 0;
  private lastDropAt = 0;
  private nextTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param container Holds their elements.
   * @param onDrop Called when a drop starts to fall.
   */
  constructor(
    private readonly water: Water, private readonly container: HTMLElement, private readonly now: () => number,
    private readonly onDrop: () => void,
  ) {}

  get active(): boolean {
    return this.falling.length > 0 || this.spray.length > 0;
  }

  get count(): number {
    return this.falling.length;
  }

  /**
   * Lets a drop fall for so many families; further ones within a tenth of a second make the next drop larger.
   * @param clearWidth Units of the width, around the middle, that no drop falls through.
   */
  arrive(families: number, clearWidth: number) {
    this.pendingFamilies += families;
    const wait = this.lastDropAt + minDropInterval - this.now();
    if (wait <= 0) this.fall(clearWidth);
    else this.nextTimer ??= setTimeout(() => this.fall(clearWidth), wait);
  }

  private fall(clearWidth: number) {
    const { width, unit } = this.water;
    this.nextTimer = undefined;
    this.lastDropAt = this.now();
    const side = Math.max(6 * unit, (width - clearWidth * unit) / 2 - 4 * unit);
    const halfWidth = Math.min(showerHalfWidth * unit, side);
    const along = halfWidth + this.showerAt(this.lastDropAt) * 2 * (side - halfWidth) + (Math.random() - 0.5) * 2 * halfWidth;
    const x = 4 * unit + along + (along > side ? width - 8 * unit - 2 * side : 0);
    const radius = Math.min(maxDropRadius, 1.5 + 0.28 * Math.sqrt(this.pendingFamilies)) * unit;
    this.falling.push({ x, radius, at: this.lastDropAt });
    this.pendingFamilies = 0;
    this.onDrop();
  }

  /**
   * Where drops fall, as a share of the way from left to right: a place that moves over the sea. Drops that fall together are close
   * together, so that the browser repaints a small area.
   */
  private showerAt(now: number): number {
    return (1 - Math.cos(2 * Math.PI * now / showerPeriod)) / 2;
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
    const from = -startHeight * unit;
    this.falling = this.falling.filter(drop => {
      const { x, radius, at } = drop;
      const p = (now - at) / fallTime;
      const element = drop.element ??= this.take('drop', radius); // created with the others' frame
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
    if (!this.active) this.container.toggleAttribute('data-moves', false);
  }

  private take(kind: Kind, radius?: number): HTMLElement {
    const element = this.freeElements[kind].pop() ?? this.container.appendChild(document.createElement('i'));
    this.container.toggleAttribute('data-moves', true);
    element.className = kind;
    if (radius) element.style.width = element.style.height = `${Math.round(2 * radius)}px`;
    return element;
  }

  private release(kind: Kind, element: HTMLElement) {
    element.style.transform = offscreen;
    this.freeElements[kind].push(element);
  }
}
