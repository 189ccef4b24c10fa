/** Enter in a name goes on to the next thing, as the keyboard says; it hands nothing in. */
export function goOnByEnter(form: HTMLFormElement): void {
  form.addEventListener('keydown', event => {
    const field = event.target as HTMLElement;
    if (event.key !== 'Enter' || event.isComposing || !field.matches('input[type=text]'))
      return;
    event.preventDefault();
    const reached = ([...form.elements] as HTMLElement[]).filter(it => it.tabIndex >= 0 && it.offsetParent !== null);
    reached[reached.indexOf(field) + 1]?.focus();
  });
}
