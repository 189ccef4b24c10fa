import { scripts } from 'all-scenes';
import type { SceneContext, SceneView } from './scene-view';

/** Opens a scene with the script of its kind; a kind without one stays as the server rendered it. */
export const openScene = (section: HTMLElement, context: SceneContext): SceneView =>
  scripts[section.dataset.kind!]?.(section, context) ?? {};
