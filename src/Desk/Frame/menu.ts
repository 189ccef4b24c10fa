/** The account's menu closes as menus do: by Escape, which gives the focus back, and by a press elsewhere. */
export function closeMenuOutside(): void {
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
