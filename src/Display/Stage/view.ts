import { isCurrent, type ClassTally, type Tally } from './tally';

const glideTime = 220; // ms
const calm = 0.4; // The level of a class whose size nobody has said.

/** How far below the rim the water stands, in hundredths of the vessel: 97 when empty, 6 when full. */
export function waterline(count: number, expected: number | null): number {
  const level = expected === null ? calm : Math.min(1, count / expected);
  return Math.round(97 - 91 * level);
}

/** The number to show while gliding; slows towards the end and never overshoots. */
export function glide(from: number, to: number, elapsed: number): number {
  const left = Math.min(1, Math.max(0, 1 - elapsed / glideTime));
  return Math.round(to - (to - from) * left * left);
}

export interface Spread {
  columns: number;
  /** Each school starts a row of its own. */
  ownRows: boolean;
}

/**
 * Spreads the cells over as few rows as the width allows, each row about as full as the others. A school's name is wider
 * than one column; where it costs no further row, each school starts one, so that its name stands with its classes.
 */
export function spread(widths: number[], mostColumns: number): Spread {
  const rows = rowsOf(widths, mostColumns, false);
  const ownRows = rows > 1 && rowsOf(widths, mostColumns, true) === rows;
  let columns = mostColumns;
  while (rowsOf(widths, columns - 1, ownRows) === rows) columns--;
  return { columns, ownRows };
}

function rowsOf(widths: number[], columns: number, ownRows: boolean): number {
  if (Math.max(...widths) > columns) return Infinity;
  let rows = 0;
  let used = columns;
  for (const width of widths) {
    if (used + width > columns || (ownRows && width > 1)) {
      rows++;
      used = 0;
    }
    used += width;
  }
  return rows;
}

/** Shows tallies on the page as the server wrote it. */
export class StageView {
  readonly scene: number;
  readonly state: string;
  private shown: number;
  private readonly people: GlidingNumber | null;
  private readonly families: GlidingNumber | null;
  private readonly vessels: Map<number, HTMLElement>;

  constructor(private readonly main: HTMLElement) {
    this.scene = Number(main.dataset.scene);
    this.state = main.dataset.state!;
    this.shown = Number(main.dataset.tally);
    this.people = GlidingNumber.of(main, 'people');
    this.families = GlidingNumber.of(main, 'families');
    this.vessels = new Map([...main.querySelectorAll<HTMLElement>('[data-class]')].map(vessel => [Number(vessel.dataset.class), vessel]));
    this.arrange();
  }

  /** Spreads the vessels evenly over the rows that the style sheet makes for this screen. */
  arrange() {
    const list = this.main.querySelector<HTMLElement>('.vessels');
    if (!list) return;
    list.style.removeProperty('grid-template-columns');
    const mostColumns = getComputedStyle(list).gridTemplateColumns.split(' ').length;
    const widths = [...list.children].map(cell => cell.matches('.school') ? 2 : 1);
    const { columns, ownRows } = spread(widths, mostColumns);
    list.style.gridTemplateColumns = `repeat(${columns}, minmax(0, var(--most)))`;
    list.toggleAttribute('data-own-rows', ownRows);
  }

  /** What a screen reader says; empty while there is nothing to count. */
  get sentence(): string {
    if (!this.people || !this.families) return '';
    return this.main.dataset.said!.replace('{0}', String(this.people.value)).replace('{1}', String(this.families.value));
  }

  /** False when the tally knows other classes than the page. */
  show(tally: Tally): boolean {
    if (!isCurrent(tally.version, this.shown)) return true;
    this.shown = tally.version;
    this.people?.show(tally.people);
    this.families?.show(tally.families);
    tally.byClass.forEach(group => this.fill(group));
    return tally.byClass.length === this.vessels.size && tally.byClass.every(group => this.vessels.has(group.classId));
  }

  private fill(group: ClassTally) {
    const vessel = this.vessels.get(group.classId);
    if (!vessel) return;
    const count = vessel.dataset.counted === 'families' ? group.families : group.people;
    vessel.querySelector('path')!.setAttribute('transform', `translate(0 ${waterline(count, group.expected)})`);
    const number = vessel.querySelector('b')!;
    if (number.textContent === String(count)) return;
    number.textContent = String(count);
    if (mayMove())
      vessel.querySelector('.ring')!.animate([{ transform: 'scale(.2)', opacity: 1 }, { transform: 'scale(1.6)', opacity: 0 }], { duration: 250, easing: 'ease-out' });
  }
}

/** A number on the page that glides to its next value; its data attribute holds the truth at once. */
class GlidingNumber {
  private visible: number;

  private constructor(private readonly element: HTMLElement, private readonly key: string) {
    this.visible = this.value;
  }

  static of(main: HTMLElement, key: string): GlidingNumber | null {
    const element = main.querySelector<HTMLElement>(`[data-${key}]`);
    return element && new GlidingNumber(element, key);
  }

  get value(): number {
    return Number(this.element.dataset[this.key]);
  }

  show(value: number) {
    if (value === this.value) return;
    this.element.dataset[this.key] = String(value);
    if (!mayMove()) return this.write(value);
    const from = this.visible;
    const start = performance.now();
    const step = (now: number) => {
      if (value !== this.value) return; // A newer count glides on from here.
      this.write(glide(from, value, now - start));
      if (this.visible !== value) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  private write(value: number) {
    this.visible = value;
    this.element.textContent = String(value);
    this.element.parentElement!.dataset.digits = String(String(value).length);
  }
}

const mayMove = () => !document.hidden && !matchMedia('(prefers-reduced-motion: reduce)').matches;
