import { openCpr } from '../Scenes/Cpr/cpr';
import { openFilm } from '../Scenes/Film/film';
import { openLecture } from '../Scenes/Lecture/lecture';
import { openOath } from '../Scenes/Oath/oath';
import { openSigning } from '../Scenes/Signing/signing';
import { openThanks } from '../Scenes/Thanks/thanks';
import { openWave } from '../Scenes/Wave/wave';
import { openWelcome } from '../Scenes/Welcome/welcome';
import type { Sound } from './sound';
import type { StageScene, Tally } from './tally';

/** The server's clock, in milliseconds since 1970. */
export interface ServerTime {
  now(): number;
}

/** A scene on the page. */
export interface Room {
  /** The room is on stage, and this is how it stands. Called again with every change, and after every return of the line. */
  show?(scene: StageScene): void;
  /** Another room is on stage now: whatever runs stops. */
  leave?(): void;
  /** The counts to show; each room is told, on stage or not, so that none starts from an old one. */
  tally?(tally: Tally): void;
}

/** What every room may use. */
export interface Equipment {
  clock: ServerTime;
  sound: Sound;
}

export type OpenRoom = (section: HTMLElement, equipment: Equipment) => Room;

/** What moves in each kind of scene; what is not here is shown as the server wrote it. */
export const rooms: Record<string, OpenRoom> = {
  welcome: openWelcome,
  film: openFilm,
  lecture: openLecture,
  cpr: openCpr,
  oath: openOath,
  signing: openSigning,
  wave: openWave,
  thanks: openThanks,
};
