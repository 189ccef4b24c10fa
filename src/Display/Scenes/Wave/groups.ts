import type { Group } from '../../Sea/marks';
import { idsOf, type Tally } from '../../Stage/tally';

/** A class or a school, by its name on the stage, and the ids whose families or people count for it. */
export interface NamedClass { name: string; families: Set<number>; people: Set<number> }

/** Reads them from the scene's HTML. */
export const readClasses = (section: HTMLElement): NamedClass[] =>
  [...section.querySelectorAll<HTMLElement>('.wave-classes li')].map(item => (
    { name: item.textContent!, families: idsOf(item.dataset.byFamilies), people: idsOf(item.dataset.byPeople) }));

/**
 * The groups of marks in the wave: the families of each class, or its people where pupils need no guardian. Families whose class is small
 * or who belong to none stand together beside them, so that the marks are as many as the families.
 *
 * @param others The name of that group; it has none where it is the only one.
 */
export function groupsOf(tally: Tally, names: NamedClass[], others = ''): Group[] {
  const byClass = new Map(tally.byClass.map(group => [group.classId, group]));
  const sum = (classes: Set<number>, key: 'families' | 'people') =>
    [...classes].reduce((total, id) => total + (byClass.get(id)?.[key] ?? 0), 0);
  const groups = names.map(({ name, families, people }) => ({ name, families: sum(families, 'families') + sum(people, 'people') }));
  const counted = tally.byClass.reduce((total, group) => total + (group.families ?? 0), 0);
  const left = Math.max(0, tally.families - counted);
  const isAlone = groups.every(group => group.families === 0);
  if (left > 0) groups.push({ name: isAlone ? '' : others, families: left });
  // Only people without a class have signed, as at a training of volunteers.
  if (groups.every(group => group.families === 0) && tally.people > 0) return [{ name: '', families: tally.people }];
  return groups;
}
