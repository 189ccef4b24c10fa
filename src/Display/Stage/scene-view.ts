import type { Sea } from '../Sea/sea';
import type { Code } from './code';
import type { Sound } from './sound';
import type { StageScene, Tally } from './tally';

/** The server's clock, in milliseconds since 1970. */
export interface ServerTime {
  now(): number;
}

/** A scene on the page, as its script moves it. */
export interface SceneView {
  /** The scene is on stage, and this is how it stands. Called again with every change, and after every return of the line. */
  show?(scene: StageScene): void;
  /** Another scene is on stage now: whatever runs stops. */
  leave?(): void;
  /** The scene is no longer on the page: another was written in its place. */
  dispose?(): void;
  /**
   * The counts to show, and those of now, which differ while the count is held. Each scene is told, on stage or not, so that none
   * starts from old ones.
   */
  tally?(shown: Tally, current: Tally): void;
}

/** What every scene may use. */
export interface SceneContext {
  clock: ServerTime;
  sound: Sound;
  sea: Sea;
  code: Code;
  /** The small picture on the host's page: it loads no film. */
  isPicture: boolean;
}

/** Takes over a scene as the server wrote it. The script of a scene, `Scenes/X/x.ts`, exports one as `open`. */
export type OpenScene = (section: HTMLElement, context: SceneContext) => SceneView;
