import { isOver } from './ended';

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
