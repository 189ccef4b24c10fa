import { easeOut } from '../../Sea/motion';
import { GlidingNumber } from '../../Stage/number';
import type { OpenScene } from '../../Stage/scene-view';
import type { StageScene } from '../../Stage/tally';

const fullSea = 0.66;
const lowSea = 0.26;
const lowestSea = 0.08; // where many promises need room

/** The total, which still rises with families who sign at home; on the last page the sea is full and the lifebuoy floats. */
export const open: OpenScene = (section, { sea }) => {
  const people = GlidingNumber.of(section, 'people');
  const families = GlidingNumber.of(section, 'families');
  let activeScene: StageScene | undefined;

  return {
    show(scene) {
      activeScene = scene;
      for (const page of section.querySelectorAll<HTMLElement>('.thanks-page')) page.hidden = page.dataset.step !== String(scene.step);
      const isLastPage = scene.step === 1;
      sea.riseTo(isLastPage ? fullSea : section.querySelector('.crowded') ? lowestSea : lowSea, 2400, easeOut);
      if (isLastPage) sea.floatBuoy({ at: 0.5, size: 38, sunk: 0.3, flat: 1 });
      else sea.hideBuoy();
      section.toggleAttribute('data-ends', isLastPage);
    },
    leave() {
      activeScene = undefined;
      section.removeAttribute('data-ends');
    },
    tally(shown) {
      section.querySelector<HTMLElement>('.total')!.hidden = shown.people === 0 || activeScene?.held != null;
      people?.show(shown.people);
      families?.show(shown.families);
    },
  };
};
