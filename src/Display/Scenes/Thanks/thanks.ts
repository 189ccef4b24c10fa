import { GlidingNumber } from '../../Stage/number';
import type { OpenScene } from '../../Stage/scene-view';

/** The total, which goes on rising with whoever signs at home. */
export const open: OpenScene = section => {
  const people = GlidingNumber.of(section, 'people');
  const families = GlidingNumber.of(section, 'families');
  return {
    tally(tally) {
      section.querySelector<HTMLElement>('.total')!.hidden = tally.people === 0;
      people?.show(tally.people);
      families?.show(tally.families);
    },
  };
};
