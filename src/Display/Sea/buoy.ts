import { clamp, easeInOut, lerp } from './motion';
import type { Water } from './water';

/** Units: the ring's size, and the distance of its centre from the top. */
export const ringSize = 62;
export const ringCentre = 35;

const fallTime = 620; // ms
const crossingTime = 2600;
const flatness = 0.74; // height by width, as seen from slightly above
const band = { ring: 15, float: 50 }; // of 200; the ring round the code is thin

/** Where it floats, as a share of the width, and its size in units; size 0 hides it. */
export interface Anchor { at: number; size: number; sunk: number; flat: number }

/** How much of the ring round the code is drawn, 0 to 1, its scale, and whether it is changing. */
export interface Ring { share: number; scale: number; moves: boolean }

/** The ring as it is drawn at a moment of the server's clock. */
export type RingAt = (now: number) => Ring;

const length = 8; // pathLength of the ring's circles in the SVG: four strips and the gaps between them

/** The dashes of the strips, as far as the ring is drawn, from the top and clockwise; the first begins after half a strip's length. */
export function dashArrayOf(share: number): string {
  const strips = [0.5, 2.5, 4.5, 6.5].map(start => clamp(length * share - start));
  return `0 .5 ${strips.map(strip => `${strip.toFixed(3)} ${(2 - strip).toFixed(3)}`).join(' ')}`;
}

const fullRing: RingAt = () => ({ share: 1, scale: 1, moves: false });

/** The lifebuoy: floats at the welcome, is the countdown's ring round the code, falls into the sea at the reveal, floats at the end. */
export class Buoy {
  private mode: 'none' | 'float' | 'ring' | 'fall' = 'none';
  private anchor: Anchor = { at: 0.84, size: 0, sunk: 0.2, flat: flatness };
  private from = 0.84;
  private began = -Infinity;
  private tilt = 0;
  private band = 0;
  private onLanded = () => {};
  private frames = 0;
  private ringAt = fullRing;
  private drawnShare = 1;
  private readonly circles: Element[];
  private readonly track: HTMLElement;

  constructor(private readonly water: Water, private readonly svg: SVGSVGElement) {
    this.circles = [...svg.querySelectorAll('.ring circle')];
    this.track = svg.querySelector('.track')!;
  }

  get isRing(): boolean {
    return this.mode === 'ring';
  }

  /** Whether it falls, still rocks after the fall, or its ring is changing. */
  isMoving(now: number): boolean {
    if (this.mode === 'ring') return this.ringAt(now).moves;
    return this.mode === 'fall' || this.mode === 'float' && now - this.began < 4000;
  }

  float(anchor: Anchor) {
    if (anchor.size === 0) return this.hide();
    if (this.mode === 'float' && this.anchor.at === anchor.at && this.anchor.size === anchor.size) return;
    [this.mode, this.anchor, this.from, this.began, this.tilt] = ['float', anchor, anchor.at, -Infinity, 0];
    this.setRingWidth(band.float);
    this.showWhole();
  }

  hide() {
    this.mode = 'none';
    this.svg.toggleAttribute('data-shown', false);
  }

  /** Shows it as a ring round the code, drawn as `ringAt` says. */
  showRing(ringAt: RingAt = fullRing) {
    [this.mode, this.ringAt] = ['ring', ringAt];
    this.setRingWidth(band.ring);
    this.svg.toggleAttribute('data-shown', true);
    this.track.style.display = '';
  }

  /** Lets it fall from the code into the sea and drift to its anchor. */
  fall(anchor: Anchor, now: number, landed: () => void) {
    [this.mode, this.anchor, this.from, this.began, this.onLanded] = ['fall', anchor, 0.5, now, landed];
    this.showWhole();
  }

  /** @param swell The moment of the swell; a fixed one where nothing may move. */
  place(now: number, swell: number, isBusy: boolean) {
    if (this.mode === 'none') return;
    // At rest it moves in every second frame only, since it enlarges the area that the browser repaints.
    if (!isBusy && this.frames++ % (this.anchor.size > 30 ? 4 : 2)) return;
    const { width, unit } = this.water;
    const { x, y, scale, flat, degrees } = this.mode === 'ring'
      ? { x: width / 2, y: ringCentre * unit, scale: this.drawRing(now), flat: 1, degrees: 0 }
      : this.mode === 'fall' ? this.falling(now) : this.floating(swell);
    const half = ringSize / 2 * unit;
    this.svg.style.transform = `translate(${(x - half).toFixed(1)}px,${(y - half).toFixed(1)}px) `
      + `rotate(${degrees.toFixed(1)}deg) scale(${scale.toFixed(4)},${(scale * flat).toFixed(4)})`;
  }

  /** Draws the ring; returns its scale. */
  private drawRing(now: number): number {
    const { share, scale } = this.ringAt(now);
    this.drawRingTo(share);
    return scale;
  }

  private falling(now: number) {
    const { width, unit, base } = this.water;
    const p = clamp((now - this.began) / fallTime);
    const fallen = p ** 3 * 0.4 + p ** 2 * 0.6;
    this.setRingWidth(lerp(band.ring, band.float, easeInOut(p)));
    if (p === 1) {
      [this.mode, this.began, this.tilt] = ['float', now, 14];
      this.onLanded();
    }
    return {
      x: width / 2, y: ringCentre * unit + (base - ringCentre * unit) * fallen, degrees: 14 * p,
      scale: lerp(0.94, this.anchor.size / ringSize, easeInOut(p)), flat: 1 - (1 - this.anchor.flat) * p * p,
    };
  }

  private floating(now: number) {
    const { water, anchor } = this;
    const { width, unit, base } = water;
    const age = (now - this.began) / 1000;
    const x = lerp(this.from, anchor.at, easeInOut(clamp((now - this.began) / crossingTime))) * width;
    const high = water.surfaceAt(x, now);
    const slope = (water.surfaceAt(x + 3 * unit, now) - water.surfaceAt(x - 3 * unit, now)) / (6 * unit);
    const rocking = this.tilt && Math.exp(-age * 1.3) * Math.cos(age * 5);
    return {
      x, y: base - high - anchor.size * unit * anchor.sunk * anchor.flat + rocking * 5 * unit,
      degrees: -Math.atan(slope) * 57 * 0.8 - 8 + this.tilt * rocking, scale: anchor.size / ringSize, flat: anchor.flat,
    };
  }

  /** Shows the whole lifebuoy, without the countdown's track. */
  private showWhole() {
    this.svg.toggleAttribute('data-shown', true);
    this.drawRingTo(1);
    this.track.style.display = 'none';
  }

  /** Draws this share of the ring, by dashes: with a mask the browser would composite the ring separately in every frame. */
  private drawRingTo(share: number) {
    if (this.drawnShare === share) return;
    this.drawnShare = share;
    for (const circle of this.circles)
      circle.setAttribute('stroke-dasharray', circle.matches('.strips') ? dashArrayOf(share) : `${(length * share).toFixed(3)} ${length}`);
  }

  private setRingWidth(width: number) {
    if (this.band === width) return;
    this.band = width;
    const outline = width > 25 ? 5 : 3.6;
    this.circles.forEach((circle, i) => {
      circle.setAttribute('r', String(100 - (width + outline) / 2));
      circle.setAttribute('stroke-width', String(i === 0 ? width + outline : width));
    });
  }
}
