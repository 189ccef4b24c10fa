import { showNames } from '../../Stage/names';
import { GlidingNumber } from '../../Stage/number';
import type { OpenScene } from '../../Stage/scene-view';
import { CountdownWatch } from './countdown';
import { Vessels } from './vessels';

/** The count, the families, the vessels; and the countdown to the wave while there is one. */
export const open: OpenScene = (section, { clock }) => {
  const people = GlidingNumber.of(section, 'people');
  const families = GlidingNumber.of(section, 'families');
  const names = section.querySelector<HTMLElement>('.names');
  const vessels = new Vessels(section);
  const countdown = section.querySelector<HTMLElement>('.countdown');
  const watch = countdown && new CountdownWatch(countdown, clock);
  addEventListener('resize', () => vessels.arrange());
  return {
    show(scene) {
      section.toggleAttribute('data-counting-down', scene.signingUntil !== null);
      watch?.until(scene.signingUntil);
      vessels.arrange();
      showNames(names, scene.names);
    },
    leave() {
      watch?.until(null);
    },
    tally(tally) {
      people?.show(tally.people);
      families?.show(tally.families);
      vessels.fill(tally);
    },
  };
};
