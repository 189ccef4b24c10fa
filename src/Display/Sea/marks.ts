import type { Label } from './labels';
import { clamp } from './motion';

/** Families that are drawn together, under the name of their class. */
export interface Group { name: string; families: number }

/** A family's mark: its distance from the left, and below the surface. */
export interface Mark { x: number; depth: number }

/** The area for the marks; all lengths in pixels. */
export interface MarkArea { left: number; width: number; top: number; depth: number; unit: number }

export interface Layout { marks: Mark[]; labels: Label[]; radius: number }

const maxRadius = 2.2; // units, of a mark's radius
const minRadius = 0.46;
const minStretchWidth = 5; // units, of a group's part of the width, if there is room for it

/**
 * Gives each group a part of the width by its share, not too narrow for a mark, and spreads its marks evenly in it, one for each family.
 * All marks have one size, which does not shrink for at most a tenth of the families whose part is narrower.
 */
export function layOut(groups: Group[], { left, width, top, depth, unit }: MarkArea): Layout {
  const present = groups.filter(group => group.families > 0);
  const all = present.reduce((sum, group) => sum + group.families, 0);
  const gap = present.length > 1 ? Math.min(3.4 * unit, width / present.length * 0.16) : 0;
  const free = width - gap * (present.length - 1);
  const minWidth = Math.min(minStretchWidth * unit, 0.6 * free / present.length);
  const extra = present.map(group => Math.max(0, free * group.families / all - minWidth));
  const share = (free - minWidth * present.length) / extra.reduce((sum, one) => sum + one, 0);
  const sizes: [radius: number, families: number][] = [];
  const random = seededRandom();
  const marks: Mark[] = [];
  const labels: Label[] = [];
  let x = left;
  for (const [i, { name, families }] of present.entries()) {
    const stretch = minWidth + extra[i]! * share;
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
  let familiesBelow = 0; // families with less room than the size considered
  const fitting = sizes.sort(([a], [b]) => a - b).find(([, families]) => (familiesBelow += families) > all / 10)?.[0] ?? 0;
  return { marks, labels, radius: clamp(fitting, minRadius * unit, maxRadius * unit) };
}

/** The same numbers each time, so that all projectors draw the same picture, also after a reload. */
function seededRandom(): () => number {
  let seed = 7;
  return () => (seed = seed * 16807 % 2147483647) / 2147483647;
}
