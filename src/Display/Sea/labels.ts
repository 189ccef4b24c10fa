import { clamp } from './motion';

/** The name of a group, under the middle of its stretch. */
export interface Label { name: string; x: number; families: number }

/** A label in its lines, in one of the rows. */
export interface PlacedLabel { lines: string[]; x: number; row: number }

/** @param lines The most that one of them has; each row is so many lines high. */
export interface PlacedLabels { placed: PlacedLabel[]; rows: number; lines: number }

/** [rows, lines a name], the best to read first. */
const arrangements = [[1, 1], [1, 2], [2, 1], [1, 3], [2, 2], [2, 3]] as const;

/** A name in its lines, and half the width of the longest. */
interface Broken extends Label { lines: string[]; half: number }

/** Names that fit: whole in one row, broken into lines or in two rows; else as many as fit of them, those of the largest groups first. */
export function fitLabels(labels: Label[], measure: (name: string) => number, width: number, between: number): PlacedLabels {
  let best: PlacedLabels = { placed: [], rows: 0, lines: 0 };
  let most = 0;
  for (const [rows, lines] of arrangements) {
    const named = labels.filter(label => label.name !== '').map((label): Broken => {
      const broken = breakInto(label.name, lines, measure);
      return { ...label, lines: broken, half: Math.max(...broken.map(measure)) / 2 };
    });
    let some = named;
    let placed = place(some, rows, width, between);
    if (!placed) {
      some = [];
      for (const next of [...named].sort((a, b) => b.families - a.families)) {
        const more = named.filter(label => label === next || some.includes(label));
        const fitting = place(more, rows, width, between);
        if (fitting) [some, placed] = [more, fitting];
      }
    }
    const families = some.reduce((sum, label) => sum + label.families, 0);
    if (!placed || families <= most) continue;
    best = { placed, rows, lines: Math.max(0, ...placed.map(label => label.lines.length)) };
    if (some === named) break;
    most = families;
  }
  return best;
}

function place(labels: Broken[], rows: number, width: number, between: number): PlacedLabel[] | null {
  const ends = Array<number>(rows).fill(-Infinity);
  const placed: PlacedLabel[] = [];
  for (const [i, { lines, half, x }] of labels.entries()) {
    const middle = clamp(x, half + between / 2, width - half - between / 2);
    const row = i % rows;
    if (middle - half < ends[row]! + between) return null;
    ends[row] = middle + half;
    placed.push({ lines, x: middle, row });
  }
  return placed;
}

const shortest = 6; // letters: a class's name stays in one piece

/** As even as can be: between Chinese characters, and between words elsewhere. */
export function breakInto(name: string, lines: number, measure: (text: string) => number): string[] {
  if ([...name].length < shortest) return [name];
  const pieces = name.match(/\p{Script=Han}|[^\p{Script=Han}\s]+\s*|\s+/gu) ?? [name];
  const whole = measure(name);
  for (let width = whole / lines; ; width += whole / 50) {
    const broken = [''];
    for (const piece of pieces) {
      const last = broken.length - 1;
      if (broken[last] !== '' && measure((broken[last] + piece).trim()) > width) broken.push(piece);
      else broken[last] += piece;
    }
    if (broken.length <= lines) return broken.map(line => line.trim());
  }
}
