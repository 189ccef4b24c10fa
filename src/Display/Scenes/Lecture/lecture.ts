import type { OpenScene } from '../../Stage/scene-view';

/** Shows one card at a time, and its points step by step. */
export const open: OpenScene = section => ({
  show({ step }) {
    for (const card of section.querySelectorAll<HTMLElement>('.card'))
      card.hidden = step < Number(card.dataset.from) || step >= Number(card.dataset.until);
    for (const point of section.querySelectorAll<HTMLElement>('[data-step]'))
      point.toggleAttribute('data-said', Number(point.dataset.step) <= step);
  },
});
