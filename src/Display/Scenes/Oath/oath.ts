import type { OpenScene } from '../../Stage/scene-view';

/** The state of a line while another is read, as in OathScene.cs. */
const stateOf = (line: number, current: number) =>
  line === current ? 'now' : line === current - 1 ? 'was' : line < current ? 'gone' : 'next';

/** The line to read is in the middle, the one before above it; a light on the horizon for each line that was read. */
export const open: OpenScene = (section, { sea }) => {
  const lines = [...section.querySelectorAll<HTMLElement>('.lines li')];
  return {
    show({ step }) {
      for (const [place, line] of lines.entries()) {
        line.dataset.at = stateOf(place, step);
        if (place === step) line.setAttribute('aria-current', 'step');
        else line.removeAttribute('aria-current');
      }
      sea.light(lines.length - 1, step);
    },
  };
};
