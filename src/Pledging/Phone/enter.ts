/** Enter in a name opens the sheet to write it on; in any field it hands nothing in. */
export function goOnByEnter(form: HTMLFormElement): void {
  form.addEventListener('keydown', event => {
    const field = event.target as HTMLElement;
    if (event.key !== 'Enter' || event.isComposing || !field.matches('input[type=text]'))
      return;
    event.preventDefault();
    const hand = field.closest('.part')?.querySelector<HTMLElement>('[data-way=hand]');
    if (hand)
      return hand.click();
    const reached = ([...form.elements] as HTMLElement[]).filter(it => it.tabIndex >= 0 && it.offsetParent !== null);
    reached[reached.indexOf(field) + 1]?.focus();
  });
}
