/**
 * Each of the buttons that open a sheet, or take the typed name instead, says what is signed, which every person has a title of; and
 * once it is written, that it can be written again.
 */
export function nameButtons(form: HTMLFormElement): void {
  const again = document.querySelector('#pad [data-do=again]')!.textContent!;
  const ways = [...form.querySelectorAll<HTMLElement>('[data-way]')].map(button => ({ button, offered: button.textContent! }));
  const name = () => ways.forEach(({ button, offered }) => {
    const isWritten = button.dataset.way === 'hand' && button.getAttribute('aria-pressed') === 'true';
    const words = isWritten ? `${form.dataset.signed} · ${again}` : offered;
    if (button.textContent !== words)
      button.textContent = words;
    button.setAttribute('aria-label', `${words} · ${button.closest('.part')!.querySelector('h2')!.textContent}`);
  });
  name();
  form.addEventListener('change', name);
}
