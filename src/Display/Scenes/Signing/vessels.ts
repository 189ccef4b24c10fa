import { mayMove } from '../../Stage/number';
import type { ClassTally, Tally } from '../../Stage/tally';

const calm = 0.4; // The level of a class without an expected size.

/**
 * How far below the rim the water stands, in hundredths of the vessel: 97 when empty, 6 when full. The rule is that of
 * src/Campaigns/WaterLevel.cs; tests/contract/waterline.json holds the two equal.
 */
export function waterline(count: number, expected: number | null): number {
  const level = expected === null ? calm : Math.min(1, count / expected);
  return Math.round(97 - 91 * level);
}

export interface Spread {
  columns: number;
  /** Each school starts a row of its own. */
  ownRows: boolean;
}

/**
 * Spreads the cells over as few rows as the width allows, each row about as full as the others. A school's name is wider
 * than one column, and so is a class with a long name; where it costs no further row, each school starts one, so that its name stands
 * with its classes.
 */
export function spread(widths: number[], maxColumns: number, schools = widths.map(width => width > 1)): Spread {
  const rows = rowsOf(widths, maxColumns, []);
  const ownRows = rows > 1 && rowsOf(widths, maxColumns, schools) === rows;
  let columns = maxColumns;
  while (rowsOf(widths, columns - 1, ownRows ? schools : []) === rows) columns--;
  return { columns, ownRows };
}

/** `starts` says of which cells each starts a row. */
function rowsOf(widths: number[], columns: number, starts: boolean[]): number {
  if (Math.max(...widths) > columns) return Infinity;
  let rows = 0;
  let used = columns;
  for (const [cell, width] of widths.entries()) {
    if (used + width > columns || starts[cell]) {
      rows++;
      used = 0;
    }
    used += width;
  }
  return rows;
}

/** The classes as vessels, as the server wrote them. */
export class Vessels {
  private readonly vessels: Map<number, HTMLElement>;

  constructor(private readonly section: HTMLElement) {
    this.vessels = new Map([...section.querySelectorAll<HTMLElement>('[data-class]')].map(vessel => [Number(vessel.dataset.class), vessel]));
    this.arrange();
  }

  /** Spreads the vessels evenly over the rows that the style sheet makes for this screen. */
  arrange() {
    const list = this.section.querySelector<HTMLElement>('.vessels');
    if (!list || this.section.hidden) return;
    list.style.removeProperty('grid-template-columns');
    const maxColumns = getComputedStyle(list).gridTemplateColumns.split(' ').length;
    const cells = [...list.children];
    const schools = cells.map(cell => cell.matches('.school'));
    const { columns, ownRows } = spread(cells.map((cell, i) => schools[i] || cell.matches('.wide') ? 2 : 1), maxColumns, schools);
    list.style.gridTemplateColumns = `repeat(${columns}, minmax(0, var(--most)))`;
    list.toggleAttribute('data-own-rows', ownRows);
  }

  fill(tally: Tally) {
    tally.byClass.forEach(group => this.fillOne(group));
  }

  private fillOne(group: ClassTally) {
    const vessel = this.vessels.get(group.classId);
    if (!vessel) return;
    const count = vessel.dataset.counted === 'families' ? group.families : group.people;
    if (count === null) return; // a small class: its vessel has neither water nor number
    const path = vessel.querySelector('path');
    if (!path) return; // the server wrote it as a small class
    path.setAttribute('transform', `translate(0 ${waterline(count, group.expected)})`);
    const number = vessel.querySelector('b')!;
    if (number.textContent === String(count)) return;
    number.textContent = String(count);
    if (mayMove())
      vessel.querySelector('.ring')!.animate([{ transform: 'scale(.2)', opacity: 1 }, { transform: 'scale(1.6)', opacity: 0 }], { duration: 250, easing: 'ease-out' });
  }
}
