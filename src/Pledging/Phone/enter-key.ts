/** Enter in a signer's name opens the pad, in another text field it focuses the next field; it never submits the form. */
export function handleEnterKey(form: HTMLFormElement): void {
  form.addEventListener('keydown', event => {
    const field = event.target as HTMLElement;
    // Safari ends the composing before the Enter that ended it, and gives that one the code 229.
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229 || !field.matches('input[type=text]'))
      return;
    event.preventDefault();
    const writeButton = field.closest('.part')?.querySelector<HTMLElement>('[data-way=hand]');
    if (writeButton)
      return writeButton.click();
    const focusable = ([...form.elements] as HTMLElement[]).filter(it => it.tabIndex >= 0 && it.offsetParent !== null);
    focusable[focusable.indexOf(field) + 1]?.focus();
  });
}
