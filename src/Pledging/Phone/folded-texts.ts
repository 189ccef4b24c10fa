/** On each person's screen, a closed `details` with the text that is signed there, copied from the first step when it is opened. */
export function addFoldedTexts(form: HTMLFormElement): void {
  const { fold: caption } = document.getElementById('texts')!.dataset;
  if (!caption)
    return; // a page of an older release
  for (const part of form.querySelectorAll<HTMLElement>('[data-role]')) {
    const [details, summary] = [document.createElement('details'), document.createElement('summary')];
    details.className = 'fold';
    summary.textContent = caption;
    details.append(summary);
    details.addEventListener('toggle', () => {
      const version = document.querySelector(`#texts [name="Form.Signers[${part.dataset.role}].Version"]`)!;
      details.replaceChildren(summary, ...details.open ? [version.parentElement!.querySelector('.wording')!.cloneNode(true)] : []);
    });
    form.addEventListener('reset', () => details.open = false);
    part.querySelector('h2')!.after(details);
  }
}
