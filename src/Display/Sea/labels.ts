import { clamp } from './motion';

/** The name of a group, under the middle of its part of the width. */
export interface Label { name: string; x: number; families: number }

/** A label broken into lines, in one of the rows. */
export interface PlacedLabel { lines: string[]; x: number; row: number }

/** @param lines The height of each row, in lines. */
export interface PlacedLabels { placed: PlacedLabel[]; rows: number; lines: number }

/** [rows, lines per name], the most readable first. */
const arrangements = [[1, 1], [1, 2], [2, 1], [1, 3], [2, 2], [2, 3]] as const;

/** A label broken into lines, and half the width of the longest. */
interface BrokenLabel extends Label { lines: string[]; half: number }

/**
 * Arranges the names so that they do not overlap: whole in one row, else broken into lines or in two rows; else only as many as fit, those
 * of the largest groups first.
 */
export function fitLabels(labels: Label[], measure: (name: string) => number, width: number, gap: number): PlacedLabels {
  let best: PlacedLabels = { placed: [], rows: 0, lines: 0 };
  let mostFamilies = 0;
  for (const [rows, lines] of arrangements) {
    const named = labels.filter(label => label.name !== '').map((label): BrokenLabel => {
      const broken = breakInto(label.name, lines, measure);
      return { ...label, lines: broken, half: Math.max(...broken.map(measure)) / 2 };
    });
    let chosen = named;
    let placed = place(chosen, rows, width, gap);
    if (!placed) {
      chosen = [];
      for (const next of [...named].sort((a, b) => b.families - a.families)) {
        const candidates = named.filter(label => label === next || chosen.includes(label));
        const fitting = place(candidates, rows, width, gap);
        if (fitting) [chosen, placed] = [candidates, fitting];
      }
    }
    const families = chosen.reduce((sum, label) => sum + label.families, 0);
    if (!placed || families <= mostFamilies) continue;
    best = { placed, rows, lines: Math.max(0, ...placed.map(label => label.lines.length)) };
    if (chosen === named) break;
    mostFamilies = families;
  }
  return best;
}

function place(labels: BrokenLabel[], rows: number, width: number, gap: number): PlacedLabel[] | null {
  const ends = Array<number>(rows).fill(-Infinity);
  const placed: PlacedLabel[] = [];
  for (const [i, { lines, half, x }] of labels.entries()) {
    const middle = clamp(x, half + gap / 2, width - half - gap / 2);
    const row = i % rows;
    if (middle - half < ends[row]! + gap) return null;
    ends[row] = middle + half;
    placed.push({ lines, x: middle, row });
  }
  return placed;
}

const minLengthToBreak = 6; // characters: the name of a class is not broken

/** Breaks a name into lines of similar width: between Chinese characters, and between words of other scripts. */
export function breakInto(name: string, lines: number, measure: (text: string) => number): string[] {
  if ([...name].length < minLengthToBreak) return [name];
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
