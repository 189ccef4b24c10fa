import { showNames } from '../../Stage/names';
import { GlidingNumber, mayMove } from '../../Stage/number';
import type { OpenScene } from '../../Stage/scene-view';
import type { Tally } from '../../Stage/tally';

/** How long the wave rolls, in milliseconds. */
const roll = 4000;

/** Those who signed during the countdown appear at once: the water rises over the screen, and the count with it. */
export const open: OpenScene = (section, { clock }) => {
  const people = GlidingNumber.of(section, 'people');
  const families = GlidingNumber.of(section, 'families');
  const together = GlidingNumber.of(section, 'together');
  const names = section.querySelector<HTMLElement>('.names');
  const water = section.querySelector<HTMLElement>('.wave-water')!;
  let from: number | undefined;
  let ends = 0;
  let newest: Tally | undefined;

  // Numbers that change during the animation are shown at its end.
  const count = () => {
    if (!newest) return;
    const left = Math.max(220, ends - clock.now());
    people?.show(newest.people, left);
    families?.show(newest.families, left);
    if (from !== undefined) together?.show(Math.max(0, newest.people - from), left);
  };

  return {
    show(scene) {
      const began = scene.now - scene.position;
      if (from === undefined || ends !== began + roll) {
        ends = began + roll;
        from = scene.held?.people ?? newest?.people ?? 0;
        section.toggleAttribute('data-alone', scene.held === null);
        const elapsed = clock.now() - began;
        if (mayMove() && elapsed < roll) {
          const rise = water.animate([{ transform: 'translateY(100%)' }, { transform: 'translateY(0)' }], { duration: roll, easing: 'cubic-bezier(.3,0,.2,1)' });
          rise.currentTime = Math.max(0, elapsed);
        }
      }
      count();
      showNames(names, scene.names);
    },
    leave() {
      from = undefined;
    },
    tally(tally) {
      newest = tally;
      if (from !== undefined) count();
    },
  };
};
