import { isOver } from './ended';

/** Calls back now, and whenever the first step is shown or hidden; not where the page has no steps. */
export function observeFirstStep(onChange: (isShown: boolean) => void): void {
  const step = document.getElementById('know');
  if (!step)
    return;
  const update = () => onChange(!step.matches('[hidden]'));
  update();
  new MutationObserver(update).observe(step, { attributeFilter: ['hidden'] });
}

/** On return to the first step, focuses its title and says whether signing has ended meanwhile. */
export function focusFirstStepOnReturn(form: HTMLFormElement): void {
  addEventListener('hashchange', () => {
    const title = document.querySelector<HTMLElement>('[data-step=know] h1');
    if (location.hash !== '#know' || !title)
      return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    void isOver(form);
  });
}
