import { css, type Tone } from './tone';

export type Canvas = CanvasRenderingContext2D;

/** The height above the base line at a place, both in pixels. */
export type Height = (x: number) => number;

export const margin = 120; // pixels beyond the picture's edges, for water that leans
export const depth = 25; // units from the surface to the full depth of colour

export interface Stretch { width: number; step: number; base: number; lean?: number }

function run(canvas: Canvas, height: Height, { width, step, base, lean = 0 }: Stretch, drop = 0) {
  for (let x = -margin; x <= width + step; x += step) {
    const y = height(x);
    canvas.lineTo(x + lean * y, base - y + drop);
  }
}

/** Fills what lies below a surface, down to `floor`. */
export function fill(canvas: Canvas, height: Height, stretch: Stretch, floor: number, style: string | CanvasGradient) {
  canvas.beginPath();
  canvas.moveTo(-margin, floor);
  run(canvas, height, stretch);
  canvas.lineTo(stretch.width + stretch.step, floor);
  canvas.closePath();
  canvas.fillStyle = style;
  canvas.fill();
}

/** Draws a line along a surface. */
export function stroke(canvas: Canvas, height: Height, stretch: Stretch, width: number, style: string | CanvasGradient) {
  canvas.beginPath();
  run(canvas, height, stretch, width / 2);
  canvas.strokeStyle = style;
  canvas.lineWidth = width;
  canvas.stroke();
}

/** From the colour at the surface to that of the deep. */
export function depthFill(canvas: Canvas, base: number, unit: number, tone: Tone): CanvasGradient {
  const gradient = canvas.createLinearGradient(0, base, 0, base + depth * unit);
  gradient.addColorStop(0, css(tone.top));
  gradient.addColorStop(1, css(tone.deep));
  return gradient;
}

/** A drop whose round part has the radius r around (x, y). */
export function teardrop(canvas: Canvas, x: number, y: number, r: number) {
  canvas.moveTo(x, y - 2.1 * r);
  canvas.bezierCurveTo(x + 0.3 * r, y - 1.2 * r, x + r, y - 0.6 * r, x + r, y);
  canvas.arc(x, y, r, 0, Math.PI);
  canvas.bezierCurveTo(x - r, y - 0.6 * r, x - 0.3 * r, y - 1.2 * r, x, y - 2.1 * r);
}
