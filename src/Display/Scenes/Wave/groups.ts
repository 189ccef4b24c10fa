import type { Group } from '../../Sea/marks';
import { idsOf, type Tally } from '../../Stage/tally';

/** A class, or all of a school, under the name that it has on the stage. */
export interface Named { name: string; families: Set<number>; people: Set<number> }

/** As the server wrote them into the scene. */
export const namesOf = (section: HTMLElement): Named[] => [...section.querySelectorAll<HTMLElement>('.wave-classes li')].map(item => (
  { name: item.textContent!, families: idsOf(item.dataset.byFamilies), people: idsOf(item.dataset.byPeople) }));

/**
 * How many marks the wave carries for whom: the families of each class; its people where pupils need no guardian. Families whose
 * class is small or who belong to none have marks without a name, so that the marks are as many as the families.
 */
export function groupsOf(tally: Tally, names: Named[]): Group[] {
  const byClass = new Map(tally.byClass.map(group => [group.classId, group]));
  const sum = (classes: Set<number>, key: 'families' | 'people') =>
    [...classes].reduce((total, id) => total + (byClass.get(id)?.[key] ?? 0), 0);
  const groups = names.map(({ name, families, people }) => ({ name, families: sum(families, 'families') + sum(people, 'people') }));
  const counted = tally.byClass.reduce((total, group) => total + (group.families ?? 0), 0);
  const others = Math.max(0, tally.families - counted);
  if (others > 0) groups.push({ name: '', families: others });
  // Only people without a class have signed, as at a training of volunteers.
  if (groups.every(group => group.families === 0) && tally.people > 0) return [{ name: '', families: tally.people }];
  return groups;
}
