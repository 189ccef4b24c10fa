import { mayMove } from '../../Stage/number';
import type { OpenScene } from '../../Stage/scene-view';

/** The line to read is lit; the two that were read before it stand above. */
export const open: OpenScene = section => ({
  show({ step }) {
    [...section.querySelectorAll<HTMLElement>('li')].forEach((line, place) => {
      const turned = place === step && !line.hasAttribute('aria-current');
      if (place === step) line.setAttribute('aria-current', 'step');
      else line.removeAttribute('aria-current');
      line.hidden = place > step || place < step - 2;
      if (turned && mayMove()) line.animate([{ opacity: 0, transform: 'translateY(20%)' }, {}], { duration: 250, easing: 'ease-out' });
    });
  },
});
