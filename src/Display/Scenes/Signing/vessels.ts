import { idsOf, type ClassTally, type Tally } from '../../Stage/tally';

const maxMarks = 14;
const pageTime = 8000; // ms
const perPage = 12;
const roomy = 11.2; // hundredths of the height that a vessel with a whole name is wide

/**
 * How far below the rim the water stands, in hundredths of the vessel: 97 when empty, 6 when full. The rule is that of
 * src/Campaigns/WaterLevel.cs; tests/contract/waterline.json holds the two equal.
 */
export const waterline = (count: number, expected: number): number => Math.round(97 - 91 * Math.min(1, count / expected));

/** How many marks stand for so many where nobody has said how large the class is; as in WaterLevel.cs. */
export const marks = (count: number): number => Math.min(count, maxMarks);

/** What fills a vessel, and how much it waits for: as in Vessel.cs. Null for small classes alone. */
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

/** How many vessels a page holds: all where they fit, else pages that are about as full as each other. */
export function pageSize(vessels: number, fitting: number): number {
  if (vessels <= fitting) return Math.max(1, vessels);
  return Math.ceil(vessels / Math.ceil(vessels / perPage));
}

interface Vessel { element: HTMLElement; families: Set<number>; people: Set<number> }

/** The classes as vessels in the water, as the server wrote them; more than fit take turns. */
export class Vessels {
  private readonly vessels: Vessel[];
  private readonly byClass = new Map<number, Vessel>();
  private page = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly section: HTMLElement) {
    this.vessels = [...section.querySelectorAll<HTMLElement>('.vessel')].map(element => (
      { element, families: idsOf(element.dataset.byFamilies), people: idsOf(element.dataset.byPeople) }));
    for (const vessel of this.vessels)
      for (const classId of [...vessel.families, ...vessel.people]) this.byClass.set(classId, vessel);
    this.arrange(); // the server has written all of them, and its picture is seen until the scene is known
  }

  /** Begins with the first page, and goes on where it has begun. */
  start() {
    if (this.timer !== undefined) return;
    this.page = 0;
    this.arrange();
    this.timer = setInterval(() => {
      this.page++;
      this.arrange();
    }, pageTime);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  arrange() {
    const fitting = innerWidth / innerHeight < 1.6 ? perPage : 2 * perPage;
    const size = pageSize(this.vessels.length, fitting);
    const page = this.page % Math.ceil(this.vessels.length / size);
    this.vessels.forEach(({ element }, i) => {
      element.hidden = Math.floor(i / size) !== page;
    });
    let shown = 0;
    for (const school of this.section.querySelectorAll<HTMLElement>('.school')) {
      const classes = school.querySelectorAll('.vessel:not([hidden])').length;
      school.hidden = classes === 0;
      school.style.setProperty('--classes', String(classes));
      shown += classes;
    }
    this.section.querySelector<HTMLElement>('.vessels')?.toggleAttribute('data-tight', innerWidth / innerHeight * 100 / shown < roomy);
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
