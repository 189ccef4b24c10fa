import type { OpenScene } from '../../Stage/scene-view';

/** Where a line stands while another is read; as OathScene.cs says. */
const placeOf = (line: number, read: number) => line === read ? 'now' : line === read - 1 ? 'was' : line < read ? 'gone' : 'next';

/** The line to read stands in the middle, the one before it above; a light on the horizon for each that was read. */
export const open: OpenScene = (section, { sea }) => {
  const lines = [...section.querySelectorAll<HTMLElement>('.lines li')];
  return {
    show({ step }) {
      for (const [place, line] of lines.entries()) {
        line.dataset.at = placeOf(place, step);
        if (place === step) line.setAttribute('aria-current', 'step');
        else line.removeAttribute('aria-current');
      }
      sea.light(lines.length - 1, step);
    },
  };
};
