import { mayMove } from '../../Stage/number';
import type { OpenScene } from '../../Stage/scene-view';

/** One card at a time, as the host turns them. */
export const open: OpenScene = section => ({
  show({ step }) {
    [...section.querySelectorAll<HTMLElement>('.card')].forEach((card, place) => {
      const turned = card.hidden && place === step;
      card.hidden = place !== step;
      if (turned && mayMove()) card.animate([{ opacity: 0, transform: 'translateX(2%)' }, {}], { duration: 220, easing: 'ease-out' });
    });
  },
});
