import { toCss, type WaterColours } from './colours';

export type Canvas = CanvasRenderingContext2D;

/** The height above the base line at a place, both in pixels. */
export type Height = (x: number) => number;

export const margin = 120; // pixels drawn beyond the screen's edges, for water that leans
export const depth = 25; // units from the surface to the darkest colour

export interface SurfaceRange { width: number; step: number; base: number; lean?: number }

function traceSurface(canvas: Canvas, height: Height, { width, step, base, lean = 0 }: SurfaceRange, drop = 0) {
  for (let x = -margin; x <= width + step; x += step) {
    const y = height(x);
    canvas.lineTo(x + lean * y, base - y + drop);
  }
}

/** Fills what lies below a surface, down to `floor`. */
export function fill(canvas: Canvas, height: Height, stretch: SurfaceRange, floor: number, style: string | CanvasGradient) {
  canvas.beginPath();
  canvas.moveTo(-margin, floor);
  traceSurface(canvas, height, stretch);
  canvas.lineTo(stretch.width + stretch.step, floor);
  canvas.closePath();
  canvas.fillStyle = style;
  canvas.fill();
}

/** Draws a line along a surface. */
export function stroke(canvas: Canvas, height: Height, stretch: SurfaceRange, width: number, style: string | CanvasGradient) {
  canvas.beginPath();
  traceSurface(canvas, height, stretch, width / 2);
  canvas.strokeStyle = style;
  canvas.lineWidth = width;
  canvas.stroke();
}

/** The gradient from the colour of the surface to that of the depth. */
export function depthFill(canvas: Canvas, base: number, unit: number, colours: WaterColours): CanvasGradient {
  const gradient = canvas.createLinearGradient(0, base, 0, base + depth * unit);
  gradient.addColorStop(0, toCss(colours.top));
  gradient.addColorStop(1, toCss(colours.deep));
  return gradient;
}

/** A drop whose round part has the radius r around (x, y). */
export function teardrop(canvas: Canvas, x: number, y: number, r: number) {
  canvas.moveTo(x, y - 2.1 * r);
  canvas.bezierCurveTo(x + 0.3 * r, y - 1.2 * r, x + r, y - 0.6 * r, x + r, y);
  canvas.arc(x, y, r, 0, Math.PI);
  canvas.bezierCurveTo(x - r, y - 0.6 * r, x - 0.3 * r, y - 1.2 * r, x, y - 2.1 * r);
}
