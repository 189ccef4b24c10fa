import { clamp } from './motion';

/** Families that are to be drawn together, under the name of their class. */
export interface Group { name: string; families: number }

/** One family's place: across from the left, and below the surface. */
export interface Mark { x: number; depth: number }

export interface Label { name: string; x: number; width: number }

/** Where marks may lie; all lengths in pixels. */
export interface Room { left: number; width: number; top: number; depth: number; unit: number }

export interface Layout { marks: Mark[]; labels: Label[]; radius: number }

const largest = 2.2; // units, of a mark's radius
const smallest = 0.46;

/** Gives each group a stretch of the sea as wide as its share, and spreads its marks evenly in it: one for each family, none more. */
export function layOut(groups: Group[], { left, width, top, depth, unit }: Room): Layout {
  const present = groups.filter(group => group.families > 0);
  const all = present.reduce((sum, group) => sum + group.families, 0);
  const gap = present.length > 1 ? Math.min(3.4 * unit, width / present.length * 0.16) : 0;
  const free = width - gap * (present.length - 1);
  const random = sequence();
  const marks: Mark[] = [];
  const labels: Label[] = [];
  let radius = largest * unit;
  let x = left;
  for (const { name, families } of present) {
    const stretch = free * families / all;
    const columns = Math.max(1, Math.round(Math.sqrt(families * stretch / depth) * 0.9));
    const rows = Math.ceil(families / columns);
    const [wide, high] = [stretch / columns, depth / rows];
    radius = Math.min(radius, Math.max(smallest * unit, Math.min(wide / 3.1, high / 3.7, Math.sqrt(wide * high) / 3.4)));
    for (let i = 0; i < families; i++) {
      const [row, column] = [Math.floor(i / columns), i % columns];
      const centred = row === rows - 1 ? (columns * rows - families) / 2 : 0;
      const shift = columns === 1 ? 0 : row % 2 ? 0.16 : -0.16;
      marks.push({
        x: x + (column + centred + 0.5 + shift) * wide + (random() - 0.5) * wide * 0.26,
        depth: top + (row + 0.5) * high + (random() - 0.5) * high * (columns > 1 ? 0.45 : 0.28),
      });
    }
    labels.push({ name, x: x + stretch / 2, width: stretch });
    x += stretch + gap;
  }
  return { marks, labels, radius };
}

/** The same numbers each time, so that two projectors and a reloaded one draw the same picture. */
function sequence(): () => number {
  let seed = 7;
  return () => (seed = seed * 16807 % 2147483647) / 2147483647;
}

/** A label in one of two rows; left out where it would touch another or the edge. */
export interface PlacedLabel { name: string; x: number; row: number }

/** Names that fit: in one row, else in two, else every second or third of them. */
export function fitLabels(labels: Label[], measure: (name: string) => number, width: number, between: number): PlacedLabel[] {
  const named = labels.filter(label => label.name !== '');
  for (let every = 1; every <= Math.max(1, named.length); every++) {
    const some = named.filter((_, i) => i % every === every >> 1);
    for (const rows of [1, 2]) {
      const placed = place(some, rows, measure, width, between);
      if (placed) return placed;
    }
  }
  return [];
}

function place(labels: Label[], rows: number, measure: (name: string) => number, width: number, between: number): PlacedLabel[] | null {
  const ends = Array<number>(rows).fill(-Infinity);
  const placed: PlacedLabel[] = [];
  for (const [i, { name, x }] of labels.entries()) {
    const half = measure(name) / 2;
    const middle = clamp(x, half + between / 2, width - half - between / 2);
    const row = i % rows;
    if (middle - half < ends[row]! + between) return null;
    ends[row] = middle + half;
    placed.push({ name, x: middle, row });
  }
  return placed;
}
