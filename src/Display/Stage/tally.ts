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
  blank: boolean;
  sound: boolean;
  volume: number;
  names: string[];
  now: number;
}

/** All that a stage shows besides its own words. */
export interface StageNow { tally: Tally; scene: StageScene }
