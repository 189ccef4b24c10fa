import { clamp, easeInOut, mixed } from './motion';
import type { Water } from './water';

/** Units: the ring's own size, and where its middle stands from above. */
export const ringSize = 62;
export const ringMiddle = 35;

const fallTime = 620; // ms
const crossingTime = 2600;
const flatness = 0.74; // how it looks from a little above
const band = { ring: 15, float: 50 }; // of 200; the ring round the code is thin

/** Where it floats: a share of the width, and its size in units; 0 for not at all. */
export interface Anchor { at: number; size: number; sunk: number; flat: number }

/** How much of the ring round the code is drawn, 0 to 1, its size, and whether it is about to change. */
export interface Ring { share: number; scale: number; moves: boolean }

/** The ring as it is drawn at a moment of the server's clock. */
export type RingAt = (now: number) => Ring;

const length = 8; // of the ring's line, as its picture says: four strips and what lies between them

/** The dashes of the strips, as far as the ring is drawn, from the top and clockwise; the first begins after half a strip's length. */
export function stripsIn(share: number): string {
  const strips = [0.5, 2.5, 4.5, 6.5].map(start => clamp(length * share - start));
  return `0 .5 ${strips.map(strip => `${strip.toFixed(3)} ${(2 - strip).toFixed(3)}`).join(' ')}`;
}

const wholeRing: RingAt = () => ({ share: 1, scale: 1, moves: false });

/** The lifebuoy: it floats at the welcome, the seconds draw it round the code, it falls into the sea, floats and ends the event. */
export class Buoy {
  private mode: 'none' | 'float' | 'ring' | 'fall' = 'none';
  private anchor: Anchor = { at: 0.84, size: 0, sunk: 0.2, flat: flatness };
  private from = 0.84;
  private began = -Infinity;
  private tilt = 0;
  private band = 0;
  private landed = () => {};
  private frames = 0;
  private ringAt = wholeRing;
  private drawn = 1;
  private readonly circles: Element[];
  private readonly track: HTMLElement;

  constructor(private readonly water: Water, private readonly picture: SVGSVGElement) {
    this.circles = [...picture.querySelectorAll('.ring circle')];
    this.track = picture.querySelector('.track')!;
  }

  get isRing(): boolean {
    return this.mode === 'ring';
  }

  /** Falling, or still rocking from it, or drawn further round the code. */
  isMoving(now: number): boolean {
    if (this.mode === 'ring') return this.ringAt(now).moves;
    return this.mode === 'fall' || this.mode === 'float' && now - this.began < 4000;
  }

  float(anchor: Anchor) {
    if (anchor.size === 0) return this.hide();
    if (this.mode === 'float' && this.anchor.at === anchor.at && this.anchor.size === anchor.size) return;
    [this.mode, this.anchor, this.from, this.began, this.tilt] = ['float', anchor, anchor.at, -Infinity, 0];
    this.shape(band.float);
    this.whole();
  }

  hide() {
    this.mode = 'none';
    this.picture.toggleAttribute('data-shown', false);
  }

  /** Round the code, drawn as far as is said at each moment. */
  showRing(ringAt: RingAt = wholeRing) {
    [this.mode, this.ringAt] = ['ring', ringAt];
    this.shape(band.ring);
    this.picture.toggleAttribute('data-shown', true);
    this.track.style.display = '';
  }

  /** From round the code into the sea, and on to where it floats then. */
  fall(anchor: Anchor, now: number, landed: () => void) {
    [this.mode, this.anchor, this.from, this.began, this.landed] = ['fall', anchor, 0.5, now, landed];
    this.whole();
  }

  /** @param swell The moment of the swell on which it floats: one that stands, where nothing may move. */
  place(now: number, swell: number, isBusy: boolean) {
    if (this.mode === 'none') return;
    // At rest it moves with every second picture only: it widens what the browser paints anew.
    if (!isBusy && this.frames++ % (this.anchor.size > 30 ? 4 : 2)) return;
    const { width, unit } = this.water;
    const { x, y, scale, flat, degrees } = this.mode === 'ring'
      ? { x: width / 2, y: ringMiddle * unit, scale: this.drawRing(now), flat: 1, degrees: 0 }
      : this.mode === 'fall' ? this.falling(now) : this.floating(swell);
    const half = ringSize / 2 * unit;
    this.picture.style.transform = `translate(${(x - half).toFixed(1)}px,${(y - half).toFixed(1)}px) `
      + `rotate(${degrees.toFixed(1)}deg) scale(${scale.toFixed(4)},${(scale * flat).toFixed(4)})`;
  }

  /** Its size. */
  private drawRing(now: number): number {
    const { share, scale } = this.ringAt(now);
    this.draw(share);
    return scale;
  }

  private falling(now: number) {
    const { width, unit, base } = this.water;
    const p = clamp((now - this.began) / fallTime);
    const way = p ** 3 * 0.4 + p ** 2 * 0.6;
    this.shape(mixed(band.ring, band.float, easeInOut(p)));
    if (p === 1) {
      [this.mode, this.began, this.tilt] = ['float', now, 14];
      this.landed();
    }
    return {
      x: width / 2, y: ringMiddle * unit + (base - ringMiddle * unit) * way, degrees: 14 * p,
      scale: mixed(0.94, this.anchor.size / ringSize, easeInOut(p)), flat: 1 - (1 - this.anchor.flat) * p * p,
    };
  }

  private floating(now: number) {
    const { water, anchor } = this;
    const { width, unit, base } = water;
    const age = (now - this.began) / 1000;
    const x = mixed(this.from, anchor.at, easeInOut(clamp((now - this.began) / crossingTime))) * width;
    const high = water.surfaceAt(x, now);
    const slope = (water.surfaceAt(x + 3 * unit, now) - water.surfaceAt(x - 3 * unit, now)) / (6 * unit);
    const rocking = this.tilt && Math.exp(-age * 1.3) * Math.cos(age * 5);
    return {
      x, y: base - high - anchor.size * unit * anchor.sunk * anchor.flat + rocking * 5 * unit,
      degrees: -Math.atan(slope) * 57 * 0.8 - 8 + this.tilt * rocking, scale: anchor.size / ringSize, flat: anchor.flat,
    };
  }

  /** Not drawn by seconds: all of it. */
  private whole() {
    this.picture.toggleAttribute('data-shown', true);
    this.draw(1);
    this.track.style.display = 'none';
  }

  /** So much of the ring. By dashes: for a mask the browser would put the ring together by itself for every picture. */
  private draw(share: number) {
    if (this.drawn === share) return;
    this.drawn = share;
    for (const circle of this.circles)
      circle.setAttribute('stroke-dasharray', circle.matches('.strips') ? stripsIn(share) : `${(length * share).toFixed(3)} ${length}`);
  }

  private shape(width: number) {
    if (this.band === width) return;
    this.band = width;
    const outline = width > 25 ? 5 : 3.6;
    this.circles.forEach((circle, i) => {
      circle.setAttribute('r', String(100 - (width + outline) / 2));
      circle.setAttribute('stroke-width', String(i === 0 ? width + outline : width));
    });
  }
}
