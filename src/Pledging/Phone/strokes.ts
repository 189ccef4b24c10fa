// Strokes, version 1: the encoding of a handwritten signature. The format stands in src/Campaigns/Strokes.cs, which decodes it;
// tests/contract/strokes.json holds samples that both sides read, tests/contract/limits.json the limits.

/** A point of the pen: quarter pixels from the pad's top left, milliseconds since the stroke began. */
export type Point = readonly [x: number, y: number, milliseconds: number];
export type Stroke = readonly Point[];
export interface Handwriting { width: number; height: number; strokes: readonly Stroke[] }

export const format = 1;
export const maxStrokes = 256;
export const maxPoints = 4000;
/** Four people share a request of 32 KB, and base64 takes a third more: far below the 16 KB a signature alone may have. */
export const maxBytes = 5000;
export const millisecondsPerStep = 4;
/** Half a pixel: nobody sees that such points are missing, and they are most of them. */
const finestTolerance = 2;
/** Four pixels: more would change the signature. */
const coarsestTolerance = 16;
/** Ten pixels, in quarters: strokes no further apart may be joined, as if the pen had not been lifted. */
const maxJoinedGap = 40;
/** Ink that stays within this many quarter pixels is a dot, not a signature; the server refuses it. */
export const dotSize = 32;
/** Room for half the pen around the ink, in quarter pixels. */
export const margin = 24;

export function isEmpty({ strokes }: Handwriting): boolean {
  const points = strokes.flat();
  if (points.length === 0)
    return true;
  const spread = (axis: 0 | 1) => Math.max(...points.map(p => p[axis])) - Math.min(...points.map(p => p[axis]));
  return Math.max(spread(0), spread(1)) < dotSize;
}

/**
 * Joins strokes and thins points until a signature fits: first what nobody sees, then coarser. What comes back is what is sent and shown;
 * null where it cannot fit without becoming another signature.
 */
export function fit(drawn: Handwriting): Handwriting | null {
  const strokes = join(drawn.strokes.filter(s => s.length > 0));
  if (!strokes)
    return null;
  for (let tolerance = finestTolerance; tolerance <= coarsestTolerance; tolerance *= Math.SQRT2) {
    const fitted = { ...drawn, strokes: strokes.map(s => thin(s, tolerance)) };
    if (fitted.strokes.reduce((sum, s) => sum + s.length, 0) <= maxPoints && bytesOf(fitted).length <= maxBytes)
      return fitted;
  }
  return null;
}

/** Base64url without padding. */
export function encode(handwriting: Handwriting): string {
  const text = btoa(String.fromCharCode(...bytesOf(handwriting)));
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Reads what {@link encode} wrote. */
export function decode(signature: string): Handwriting {
  const bytes = [...atob(signature.replace(/-/g, '+').replace(/_/g, '/'))].map(c => c.charCodeAt(0));
  let at = 0;
  const number = () => {
    let value = 0;
    for (let place = 1; ; place *= 128) {
      const byte = bytes[at++]!;
      value += byte % 128 * place;
      if (byte < 128)
        return value;
    }
  };
  const signed = (value = number()) => value % 2 ? -(value + 1) / 2 : value / 2;

  number(); // the format
  const [width, height, strokes] = [number(), number(), number()];
  return {
    width, height,
    strokes: Array.from({ length: strokes }, () => {
      let [x, y, steps] = [0, 0, 0];
      return Array.from({ length: number() }, (): Point =>
        [x += signed(), y += signed(), (steps += number()) * millisecondsPerStep]);
    }),
  };
}

function bytesOf({ width, height, strokes }: Handwriting): number[] {
  const bytes: number[] = [];
  const number = (value: number) => {
    for (; value > 0x7f; value = Math.floor(value / 128))
      bytes.push(value % 128 + 128);
    bytes.push(value);
  };
  const signed = (value: number) => number(value < 0 ? -2 * value - 1 : 2 * value);

  [format, width, height, strokes.length].forEach(number);
  for (const stroke of strokes) {
    number(stroke.length);
    let [x, y, steps] = [0, 0, 0];
    for (const point of stroke) {
      const now = Math.max(steps, Math.round(point[2] / millisecondsPerStep));
      signed(point[0] - x);
      signed(point[1] - y);
      number(now - steps);
      [x, y, steps] = [point[0], point[1], now];
    }
  }
  return bytes;
}

/** Beyond `maxStrokes`, joins the strokes that begin nearest to the end of the one before; null where too few are near enough. */
function join(strokes: readonly Stroke[]): readonly Stroke[] | null {
  const over = strokes.length - maxStrokes;
  if (over <= 0)
    return strokes;
  const gaps = strokes.slice(1).map((stroke, i) => ({ i: i + 1, gap: gapBetween(strokes[i]!, stroke) }))
    .filter(({ gap }) => gap <= maxJoinedGap).sort((a, b) => a.gap - b.gap).slice(0, over);
  if (gaps.length < over)
    return null;
  const continued = new Set(gaps.map(({ i }) => i));
  const joined: Point[][] = [];
  strokes.forEach((stroke, i) => {
    if (!continued.has(i))
      return joined.push([...stroke]);
    const before = joined[joined.length - 1]!;
    const from = before[before.length - 1]![2] + millisecondsPerStep;
    return before.push(...stroke.map(([x, y, time]): Point => [x, y, from + time]));
  });
  return joined;
}

function gapBetween(before: Stroke, after: Stroke): number {
  const [[x, y], [toX, toY]] = [before[before.length - 1]!, after[0]!];
  return Math.hypot(toX - x, toY - y);
}

/** Ramer, Douglas and Peucker: keeps the points without which the line would stray by more than the tolerance. */
function thin(stroke: Stroke, tolerance: number): Stroke {
  const keep = new Set([0, stroke.length - 1]);
  const spans: [number, number][] = [[0, stroke.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    let [farthest, distance] = [0, tolerance];
    for (let i = from + 1; i < to; i++) {
      const d = distanceTo(stroke[i]!, stroke[from]!, stroke[to]!);
      if (d > distance)
        [farthest, distance] = [i, d];
    }
    if (farthest > 0) {
      keep.add(farthest);
      spans.push([from, farthest], [farthest, to]);
    }
  }
  return stroke.filter((_, i) => keep.has(i));
}

/** How far a point lies from the line between two others; from the point itself where the two are one. */
function distanceTo(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square));
  return Math.hypot(p[0] - a[0] - along * dx, p[1] - a[1] - along * dy);
}

/** The ink as an SVG path and the box around it, in quarter pixels; enough for the small preview on the form. */
export function outline({ strokes }: Handwriting): { path: string; viewBox: string } {
  const points = strokes.flat();
  const [left, top] = [Math.min(...points.map(p => p[0])) - margin, Math.min(...points.map(p => p[1])) - margin];
  const [right, bottom] = [Math.max(...points.map(p => p[0])) + margin, Math.max(...points.map(p => p[1])) + margin];
  const path = strokes.map(s => 'M' + s.map(p => `${p[0]} ${p[1]}`).join('L') + (s.length === 1 ? 'h0' : '')).join('');
  return { path, viewBox: `${left} ${top} ${right - left} ${bottom - top}` };
}
