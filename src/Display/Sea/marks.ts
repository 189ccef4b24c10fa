import type { Label } from './labels';
import { clamp } from './motion';

/** Families that are to be drawn together, under the name of their class. */
export interface Group { name: string; families: number }

/** One family's place: across from the left, and below the surface. */
export interface Mark { x: number; depth: number }

/** Where marks may lie; all lengths in pixels. */
export interface Room { left: number; width: number; top: number; depth: number; unit: number }

export interface Layout { marks: Mark[]; labels: Label[]; radius: number }

const largest = 2.2; // units, of a mark's radius
const smallest = 0.46;
const narrowest = 5; // units, of a stretch, as far as all have so much

/**
 * Gives each group a stretch of the sea as wide as its share and not too narrow for a mark, and spreads its marks evenly in it: one for
 * each family, none more. They are as large as the crowd as a whole has room for: a few families in narrow stretches make none smaller.
 */
export function layOut(groups: Group[], { left, width, top, depth, unit }: Room): Layout {
  const present = groups.filter(group => group.families > 0);
  const all = present.reduce((sum, group) => sum + group.families, 0);
  const gap = present.length > 1 ? Math.min(3.4 * unit, width / present.length * 0.16) : 0;
  const free = width - gap * (present.length - 1);
  const least = Math.min(narrowest * unit, 0.6 * free / present.length);
  const more = present.map(group => Math.max(0, free * group.families / all - least));
  const share = (free - least * present.length) / more.reduce((sum, one) => sum + one, 0);
  const sizes: [radius: number, families: number][] = [];
  const random = sequence();
  const marks: Mark[] = [];
  const labels: Label[] = [];
  let x = left;
  for (const [i, { name, families }] of present.entries()) {
    const stretch = least + more[i]! * share;
    const columns = Math.max(1, Math.round(Math.sqrt(families * stretch / depth) * 0.9));
    const rows = Math.ceil(families / columns);
    const [wide, high] = [stretch / columns, depth / rows];
    sizes.push([Math.min(wide / 3.1, high / 3.7, Math.sqrt(wide * high) / 3.4), families]);
    for (let mark = 0; mark < families; mark++) {
      const [row, column] = [Math.floor(mark / columns), mark % columns];
      const centred = row === rows - 1 ? (columns * rows - families) / 2 : 0;
      const shift = columns === 1 ? 0 : row % 2 ? 0.16 : -0.16;
      marks.push({
        x: x + (column + centred + 0.5 + shift) * wide + (random() - 0.5) * wide * 0.26,
        depth: top + (row + 0.5) * high + (random() - 0.5) * high * (columns > 1 ? 0.45 : 0.28),
      });
    }
    labels.push({ name, x: x + stretch / 2, families });
    x += stretch + gap;
  }
  let smaller = 0; // families with less room than that
  const fitting = sizes.sort(([a], [b]) => a - b).find(([, families]) => (smaller += families) > all / 10)?.[0] ?? 0;
  return { marks, labels, radius: clamp(fitting, smallest * unit, largest * unit) };
}

/** The same numbers each time, so that two projectors and a reloaded one draw the same picture. */
function sequence(): () => number {
  let seed = 7;
  return () => (seed = seed * 16807 % 2147483647) / 2147483647;
}
