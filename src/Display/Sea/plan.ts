import type { Anchor } from './buoy';
import { toneOf, type Tone } from './tone';

/** What the style sheet says of a scene: `--level`, `--swell`, the colours, and where the lifebuoy floats. */
export interface Plan { level: number; swell: number; tone: Tone; anchor: Anchor }

/** Of the scene that is on. @param stage The page's main element. */
export function planOf(stage: Element): Plan {
  const style = getComputedStyle(stage);
  const number = (name: string) => Number(style.getPropertyValue(name));
  return {
    level: number('--level'), swell: number('--swell'), tone: toneOf(style),
    anchor: { at: number('--buoy-at'), size: number('--buoy-size'), sunk: number('--buoy-sunk'), flat: number('--buoy-flat') },
  };
}

/** The colours of a scene that is not on yet. @param kind As `data-kind` names it. */
export function toneIn(kind: string): Tone {
  const probe = document.createElement('i');
  probe.className = 'stage';
  probe.hidden = true;
  probe.dataset.kind = kind;
  document.body.append(probe);
  const tone = toneOf(getComputedStyle(probe));
  probe.remove();
  return tone;
}
