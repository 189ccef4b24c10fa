// What the server tells a stage; the shapes are those of Tally, StageScene and StageNow.

export interface ClassTally {
  classId: number;
  /** Null, like families and expected, where few is set: a class so small that one family could be read from its numbers. */
  people: number | null;
  families: number | null;
  expected: number | null;
  few?: true;
}
export interface Tally { code: string; version: number; people: number; families: number; byClass: ClassTally[] }

/** The classes that an element of the page stands for, as the server wrote them: 3,4. */
export const idsOf = (list = '') => new Set(list.split(',').filter(id => id !== '').map(Number));

/** As an event of many classes tells it: of the classes only those that have changed after the version `since`. */
export interface TallyChange extends Tally { since: number }

/**
 * What is known after a message: the newer of both, whole. Null where it tells of changes after a version that is not known
 * here: something was missed, and the whole has to be asked for.
 */
export function follow(known: Tally | undefined, told: Tally | TallyChange): Tally | null {
  if (known && told.version < known.version) return known;
  if (!('since' in told)) return told;
  if (!known || told.since > known.version) return null;
  const { since: _, ...tally } = told;
  const changed = new Map(told.byClass.map(group => [group.classId, group]));
  return { ...tally, byClass: known.byClass.map(group => changed.get(group.classId) ?? group) };
}

/** How the stage stands; StageScene.cs says what each part means. Times in milliseconds. */
export interface StageScene {
  code: string;
  version: number;
  revision: number;
  state: string;
  sceneId: number;
  kind: string;
  step: number;
  running: boolean;
  position: number;
  signingUntil: number | null;
  held: Tally | null;
  together: Tally | null;
  largeCode: boolean;
  blank: boolean;
  sound: boolean;
  volume: number;
  names: string[];
  now: number;
}

/** All that a stage shows besides its own words. */
export interface StageNow { tally: Tally; scene: StageScene }
