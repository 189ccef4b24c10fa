// The server's messages to a stage, as in Tally, StageScene and StageNow.

export interface ClassTally {
  classId: number;
  /** Null, like families and expected, where few is set: a class so small that one family could be read from its numbers. */
  people: number | null;
  families: number | null;
  expected: number | null;
  few?: true;
}
export interface Tally { code: string; version: number; people: number; families: number; byClass: ClassTally[] }

/** The class ids in a data attribute, such as "3,4". */
export const idsOf = (list = '') => new Set(list.split(',').filter(id => id !== '').map(Number));

/** The message of an event with many classes: only the classes that have changed after the version `since`. */
export interface TallyChange extends Tally { since: number }

/**
 * The tally after a message: the newer of both, with all classes. Null for changes since a version that is not known here: a message was
 * missed, and the whole has to be fetched.
 */
export function applyTally(known: Tally | undefined, received: Tally | TallyChange): Tally | null {
  if (known && received.version < known.version) return known;
  if (!('since' in received)) return received;
  if (!known || received.since > known.version) return null;
  const { since: _, ...tally } = received;
  const changed = new Map(received.byClass.map(group => [group.classId, group]));
  return { ...tally, byClass: known.byClass.map(group => changed.get(group.classId) ?? group) };
}

/** The state of the stage; StageScene.cs documents the properties. Times in milliseconds. */
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

/** The whole state of a stage. */
export interface StageNow { tally: Tally; scene: StageScene }
