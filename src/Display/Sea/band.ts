import { depth, depthFill, fill, margin, stroke, type Canvas } from './paint';
import { toCss, type WaterColours } from './colours';
import type { Water } from './water';

/** Units that the strip reaches above the level, and the strip's height. */
export const bandAbove = 6;
export const bandHeight = 11;

/** Lights on the horizon, one for each line of the oath; `lit` of them are lit. */
export interface Lights { count: number; lit: number }

/** Units between two lights. */
export const lightSpacing = 9;

/** Draws the strip around the surface, the only part that is redrawn at rest: the water below is a gradient in CSS. */
export function drawBand(canvas: Canvas, water: Water, colours: WaterColours, lights: Lights | null, now: number) {
  const { width, unit } = water;
  const height = bandHeight * unit;
  const base = Math.round(bandAbove * unit);
  const step = water.ripples.length > 0 ? 6 : 16;
  const stretch = { width, step, base };
  const ripples = water.ripplesAlong(-margin, step, Math.ceil((width + step + margin) / step) + 1, now);
  const ripple = (x: number) => ripples[(x + margin) / step]!;
  const front = (x: number) => water.swellAt(x, now) + ripple(x);
  canvas.clearRect(0, 0, width, height);
  fill(canvas, x => water.swellAt(x, now, true) + ripple(x) * 0.6, stretch, height, toCss(colours.back));
  fill(canvas, front, stretch, height, depthFill(canvas, base, unit, colours));
  stroke(canvas, front, stretch, 0.5 * unit, toCss(colours.edge, 0.8));
  stroke(canvas, x => water.swellAt(x, now, true) * 0.7 - 3.4 * unit, { ...stretch, step: 16 }, 0.4 * unit, toCss(colours.edge, 0.22));
  if (lights) drawLights(canvas, lights, colours, width / 2, unit, x => base - water.surfaceAt(x, now));
}

/** Sets the gradient below the strip. */
export function paintBody(body: HTMLElement, { top, deep }: WaterColours, unit: number) {
  const start = Math.floor((bandHeight - bandAbove) * unit) - 1; // one pixel under the strip, whose edge may lie between two pixels
  body.style.top = `${start}px`;
  body.style.background = `linear-gradient(${toCss(top)} ${-start}px, ${toCss(deep)} ${depth * unit - start}px)`;
}

function drawLights(
  canvas: Canvas, { count, lit }: Lights, colours: WaterColours, middle: number, unit: number, surface: (x: number) => number,
) {
  for (let i = 0; i < count; i++) {
    const isLit = i < lit;
    const x = middle + (i - (count - 1) / 2) * lightSpacing * unit;
    canvas.beginPath();
    canvas.arc(x, surface(x) - 0.2 * unit, (isLit ? 1.7 : 1.2) * unit, 0, 2 * Math.PI);
    canvas.fillStyle = toCss(isLit ? colours.edge : colours.deep);
    canvas.fill();
    if (isLit) continue;
    canvas.strokeStyle = toCss(colours.edge, 0.6);
    canvas.lineWidth = 0.4 * unit;
    canvas.stroke();
  }
}
