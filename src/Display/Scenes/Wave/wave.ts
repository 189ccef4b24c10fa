import { showNames } from '../../Stage/names';
import { GlidingNumber } from '../../Stage/number';
import type { OpenScene } from '../../Stage/scene-view';
import type { Tally } from '../../Stage/tally';
import { groupsOf, readClasses } from './groups';

const entrance = { duration: 1400, easing: 'cubic-bezier(.16, 1, .3, 1)' };

/** A wave with a mark for each family that signed; then a sentence with the number. */
export const open: OpenScene = (section, { sea }) => {
  const words = section.querySelector<HTMLElement>('.wave-words')!;
  const together = GlidingNumber.of(section, 'together');
  const all = GlidingNumber.of(section, 'all');
  const people = GlidingNumber.of(section, 'people');
  const families = GlidingNumber.of(section, 'families');
  const names = section.querySelector<HTMLElement>('.names');
  const classes = readClasses(section);
  const { others } = section.querySelector<HTMLElement>('.wave-classes')!.dataset;
  let began: number | undefined;
  let current: Tally | undefined;
  let shownNames: string[] = [];

  const showWords = () => {
    if (!words.hasAttribute('data-waiting')) return;
    words.removeAttribute('data-waiting');
    [...words.children].forEach((line, i) => {
      if (!sea.isAnimated) return;
      line.animate([{ opacity: 0, transform: 'translateY(5vh)' }, {}], { ...entrance, delay: i === 0 ? 0 : 900, fill: 'backwards' });
    });
  };

  return {
    show(scene) {
      shownNames = scene.names;
      showNames(names, shownNames);
      const starts = scene.now - scene.position;
      if (began === starts || !current) return;
      began = starts;
      const signers = scene.together?.people ? scene.together : current; // in a countdown in which nobody signed there is nobody
      words.dataset.said = signers.people === 0 ? 'None' : signers === scene.together ? 'Together' : 'All';
      if (signers === scene.together) together?.show(signers.people, 0);
      words.setAttribute('data-waiting', '');
      sea.roll({ groups: groupsOf(signers, classes, others), names: () => shownNames }, starts, showWords);
    },
    leave() {
      began = undefined;
      words.removeAttribute('data-waiting');
    },
    tally(shown, now) {
      const arrived = current && began !== undefined ? now.families - current.families : 0;
      current = now;
      if (words.dataset.said === 'None' && shown.people > 0) words.dataset.said = 'All';
      all?.show(shown.people);
      people?.show(shown.people);
      families?.show(shown.families);
      if (arrived > 0) sea.drop(arrived, 0); // signed after the wave
    },
  };
};
