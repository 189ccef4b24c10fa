/** Closes the account's menu by Escape, which returns the focus, and by a click outside. */
export function initMenu(): void {
  const menu = document.querySelector<HTMLDetailsElement>('details.menu');
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !menu?.open)
      return;
    menu.open = false;
    menu.querySelector('summary')!.focus();
  });
  document.addEventListener('pointerdown', event => {
    if (menu?.open && !menu.contains(event.target as Node))
      menu.open = false;
  });
}
