/** "I am a student and sign alone", on the first screen of those that begin with the child: chooses that party. */
export function initSigningAlone(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('[data-party]');
  const choice = form.querySelector<HTMLInputElement>(`[name="Form.Party"][value="${button?.dataset.party}"]`);
  if (!button || !choice)
    return;
  button.hidden = false;
  button.addEventListener('click', () => {
    choice.checked = true;
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    document.querySelector<HTMLElement>('#sign .step-title')!.focus({ preventScroll: true });
  });
}
