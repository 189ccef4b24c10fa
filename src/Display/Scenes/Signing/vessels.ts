import type { ServerClock } from '../../Stage/scene-view';
import { idsOf, type ClassTally, type Tally } from '../../Stage/tally';

const maxMarks = 14;
const pageTime = 8000; // ms
const perPage = 12;
const minVesselWidth = 13; // hundredths of the screen's height: narrower vessels have short names

/**
 * How far below the rim the water stands, in hundredths of the vessel: 97 when empty, 6 when full. The rule is that of
 * src/Campaigns/WaterLevel.cs; tests/contract/waterline.json holds the two equal.
 */
export const waterline = (count: number, expected: number): number => Math.round(97 - 91 * Math.min(1, count / expected));

/** How many marks stand for so many where nobody has said how large the class is; as in WaterLevel.cs. */
export const marks = (count: number): number => Math.min(count, maxMarks);

/** The count and the expected number of a vessel, as in Vessel.cs. Null for small classes alone. */
export interface Filling { count: number | null; expected: number | null }

export function fillingOf(classes: ClassTally[], countsFamilies: (classId: number) => boolean): Filling {
  const filling: Filling = { count: null, expected: null };
  for (const group of classes) {
    const signed = countsFamilies(group.classId) ? group.families : group.people;
    if (signed === null) continue;
    if (group.expected !== null) {
      filling.count = (filling.expected === null ? 0 : filling.count!) + signed;
      filling.expected = (filling.expected ?? 0) + group.expected;
    } else if (filling.expected === null) {
      filling.count = (filling.count ?? 0) + signed;
    }
  }
  return filling;
}

/**
 * The page of each vessel: one page where all fit, else as few as possible of about the same size. A school stays on one page if it fits.
 * @param schools How many vessels each school has.
 */
export function pagesOf(schools: number[], capacity: number): number[] {
  const vessels = schools.reduce((sum, school) => sum + school, 0);
  if (vessels <= capacity) return Array<number>(vessels).fill(0);
  const fullest = divide(schools, perPage);
  for (let size = Math.max(1, ...schools.filter(school => school <= perPage)); size < perPage; size++) {
    const pages = divide(schools, size);
    if (pages[vessels - 1] === fullest[vessels - 1]) return pages;
  }
  return fullest;
}

function divide(schools: number[], size: number): number[] {
  let [page, used] = [0, 0];
  return schools.flatMap(school => {
    if (used > 0 && used + school > size) [page, used] = [page + 1, 0];
    return Array.from({ length: school }, () => {
      if (used === size) [page, used] = [page + 1, 0];
      used++;
      return page;
    });
  });
}

interface Vessel { element: HTMLElement; families: Set<number>; people: Set<number> }

/** The classes as vessels in the water, rendered by the server; where they do not fit, in pages that take turns. */
export class Vessels {
  private readonly vessels: Vessel[];
  private readonly byClass = new Map<number, Vessel>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly section: HTMLElement, private readonly clock: ServerClock) {
    this.vessels = [...section.querySelectorAll<HTMLElement>('.vessel')].map(element => (
      { element, families: idsOf(element.dataset.byFamilies), people: idsOf(element.dataset.byPeople) }));
    for (const vessel of this.vessels)
      for (const classId of [...vessel.families, ...vessel.people]) this.byClass.set(classId, vessel);
    this.arrange(); // the server has rendered all of them, and they are visible until the scene is known
  }

  /** Changes the page by the server's clock: all screens of an event show the same. */
  start() {
    this.stop();
    this.arrange();
    this.timer = setTimeout(() => this.start(), pageTime - this.clock.now() % pageTime);
  }

  stop() {
    clearTimeout(this.timer);
  }

  arrange() {
    const capacity = innerWidth / innerHeight < 1.6 ? perPage : 2 * perPage;
    const schools = [...this.section.querySelectorAll<HTMLElement>('.school')];
    const pages = pagesOf(schools.map(school => school.querySelectorAll('.vessel').length), capacity);
    const page = Math.floor(this.clock.now() / pageTime) % ((pages[pages.length - 1] ?? 0) + 1);
    this.vessels.forEach(({ element }, i) => {
      element.hidden = pages[i] !== page;
    });
    let shown = 0;
    for (const school of schools) {
      const classes = school.querySelectorAll('.vessel:not([hidden])').length;
      school.hidden = classes === 0;
      school.style.setProperty('--classes', String(classes));
      shown += classes;
    }
    this.section.querySelector<HTMLElement>('.vessels')?.toggleAttribute('data-tight',
      innerWidth / innerHeight * 100 / shown < minVesselWidth);
  }

  fill(tally: Tally) {
    const classes = new Map<Vessel, ClassTally[]>();
    for (const group of tally.byClass) {
      const vessel = this.byClass.get(group.classId);
      if (vessel) classes.set(vessel, [...classes.get(vessel) ?? [], group]);
    }
    for (const [vessel, groups] of classes) fillOne(vessel, fillingOf(groups, classId => vessel.families.has(classId)));
  }
}

function fillOne({ element }: Vessel, { count, expected }: Filling) {
  if (count === null || element.dataset.count === String(count)) return;
  element.dataset.count = String(count);
  if (expected !== null) element.querySelector('.water')?.setAttribute('transform', `translate(0 ${waterline(count, expected)})`);
  else element.querySelector('.marks')?.setAttribute('stroke-dasharray', `${'0 22 '.repeat(marks(count))}0 999`);
}
