import { depth, depthFill, fill, margin, stroke, type Canvas } from './paint';
import { css, type Tone } from './tone';
import type { Water } from './water';

/** Units that the strip reaches above the level, and its height. */
export const above = 6;
export const bandHeight = 11;

/** Lights on the horizon, one for each line of the oath; so many of them are lit. */
export interface Lights { count: number; lit: number }

/** Units between two lights. */
export const lightsApart = 9;

/** The strip around the surface, all that is drawn anew at rest: the water below it is a still gradient. */
export function drawBand(canvas: Canvas, water: Water, tone: Tone, lights: Lights | null, now: number) {
  const { width, unit } = water;
  const height = bandHeight * unit;
  const base = Math.round(above * unit);
  const step = water.ripples.length > 0 ? 6 : 16;
  const stretch = { width, step, base };
  const ripples = water.ripplesAlong(-margin, step, Math.ceil((width + step + margin) / step) + 1, now);
  const ripple = (x: number) => ripples[(x + margin) / step]!;
  const front = (x: number) => water.swellAt(x, now) + ripple(x);
  canvas.clearRect(0, 0, width, height);
  fill(canvas, x => water.swellAt(x, now, true) + ripple(x) * 0.6, stretch, height, css(tone.back));
  fill(canvas, front, stretch, height, depthFill(canvas, base, unit, tone));
  stroke(canvas, front, stretch, 0.5 * unit, css(tone.edge, 0.8));
  stroke(canvas, x => water.swellAt(x, now, true) * 0.7 - 3.4 * unit, { ...stretch, step: 16 }, 0.4 * unit, css(tone.edge, 0.22));
  if (lights) drawLights(canvas, lights, tone, width / 2, unit, x => base - water.surfaceAt(x, now));
}

/** The still gradient below it. */
export function paintBelow(body: HTMLElement, { top, deep }: Tone, unit: number) {
  const start = Math.floor((bandHeight - above) * unit) - 1; // a little under the strip, whose edge lies between two pixels
  body.style.top = `${start}px`;
  body.style.background = `linear-gradient(${css(top)} ${-start}px, ${css(deep)} ${depth * unit - start}px)`;
}

function drawLights(canvas: Canvas, { count, lit }: Lights, tone: Tone, middle: number, unit: number, surface: (x: number) => number) {
  for (let i = 0; i < count; i++) {
    const isLit = i < lit;
    const x = middle + (i - (count - 1) / 2) * lightsApart * unit;
    canvas.beginPath();
    canvas.arc(x, surface(x) - 0.2 * unit, (isLit ? 1.7 : 1.2) * unit, 0, 2 * Math.PI);
    canvas.fillStyle = css(isLit ? tone.edge : tone.deep);
    canvas.fill();
    if (isLit) continue;
    canvas.strokeStyle = css(tone.edge, 0.6);
    canvas.lineWidth = 0.4 * unit;
    canvas.stroke();
  }
}
