import type { Sea } from '../Sea/sea';
import type { Code } from './code';
import type { Sound } from './sound';
import type { StageScene, Tally } from './tally';

/** The server's clock, in milliseconds since 1970. */
export interface ServerClock {
  now(): number;
}

/** The script of a scene on the page. */
export interface SceneView {
  /** The scene is on stage, in this state. Called again with every change, and after every reconnect. */
  show?(scene: StageScene): void;
  /** Another scene is on stage now: animations and timers stop. */
  leave?(): void;
  /** The scene was removed from the page. */
  dispose?(): void;
  /** The counts to show, and the current ones, which differ while the count is held. Called for all scenes, on stage or not. */
  tally?(shown: Tally, current: Tally): void;
}

/** What every scene may use. */
export interface SceneContext {
  clock: ServerClock;
  sound: Sound;
  sea: Sea;
  code: Code;
  /** The small frame on the host's page: it loads no film. */
  isPicture: boolean;
}

/** Initializes a scene that the server rendered. The script of a scene, `Scenes/X/x.ts`, exports one as `open`. */
export type OpenScene = (section: HTMLElement, context: SceneContext) => SceneView;
