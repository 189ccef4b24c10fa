import { isOver } from './ended';

/** Whoever comes to the first step again is put at its title, and told where signing has ended meanwhile. */
export function receiveAnother(form: HTMLFormElement): void {
  addEventListener('hashchange', () => {
    const title = document.querySelector<HTMLElement>('[data-step=know] h1');
    if (location.hash !== '#know' || !title)
      return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    void isOver(form);
  });
}
