/**
 * Labels the buttons that open the pad, or sign by the typed name, with the title of the person's part; once there is ink, the first says
 * that it can be written again.
 */
export function labelSignatureButtons(form: HTMLFormElement): void {
  const againText = document.querySelector('#pad [data-do=again]')!.textContent!;
  const buttons = [...form.querySelectorAll<HTMLElement>('[data-way]')].map(button => ({ button, initialText: button.textContent! }));
  const updateLabels = () => buttons.forEach(({ button, initialText: offered }) => {
    const isWritten = button.dataset.way === 'hand' && button.getAttribute('aria-pressed') === 'true';
    const text = isWritten ? `${form.dataset.signed} · ${againText}` : offered;
    if (button.textContent !== text)
      button.textContent = text;
    button.setAttribute('aria-label', `${text} · ${button.closest('.part')!.querySelector('h2')!.textContent}`);
  });
  updateLabels();
  openPadFromEmptyBox(form);
  form.addEventListener('change', updateLabels);
}

/** The box that says that nothing is signed yet looks like the place to sign: a tap on it presses the button that opens the pad. */
function openPadFromEmptyBox(form: HTMLFormElement): void {
  form.addEventListener('click', event => {
    const box = (event.target as Element).closest('.signature-paper:not(.signed)');
    box?.closest('.signature')!.querySelector<HTMLElement>('[data-way=hand]')!.click();
  });
}
