import type { Anchor } from './buoy';
import { readWaterColours, type WaterColours } from './colours';

/** A scene's custom properties in the style sheet: `--level`, `--swell`, the colours, and where the lifebuoy floats. */
export interface SceneStyle { level: number; swell: number; colours: WaterColours; anchor: Anchor }

/** Of the scene on stage. @param stage The page's main element. */
export function readSceneStyle(stage: Element): SceneStyle {
  const style = getComputedStyle(stage);
  const number = (name: string) => Number(style.getPropertyValue(name));
  return {
    level: number('--level'), swell: number('--swell'), colours: readWaterColours(style),
    anchor: { at: number('--buoy-at'), size: number('--buoy-size'), sunk: number('--buoy-sunk'), flat: number('--buoy-flat') },
  };
}

/** The colours of a scene that is not on stage yet. @param kind As `data-kind` names it. */
export function waterColoursOf(kind: string): WaterColours {
  const probe = document.createElement('i');
  probe.className = 'stage';
  probe.hidden = true;
  probe.dataset.kind = kind;
  document.body.append(probe);
  const colours = readWaterColours(getComputedStyle(probe));
  probe.remove();
  return colours;
}
