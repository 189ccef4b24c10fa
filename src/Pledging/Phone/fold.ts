/** On each person's screen, folded, the words that are signed there: those of the first step, copied when they are opened. */
export function foldTexts(form: HTMLFormElement): void {
  const { fold: words } = document.getElementById('texts')!.dataset;
  if (!words)
    return; // a page from before
  for (const part of form.querySelectorAll<HTMLElement>('[data-role]')) {
    const [fold, summary] = [document.createElement('details'), document.createElement('summary')];
    fold.className = 'fold';
    summary.textContent = words;
    fold.append(summary);
    fold.addEventListener('toggle', () => {
      const version = document.querySelector(`#texts [name="Form.Signers[${part.dataset.role}].Version"]`)!;
      fold.replaceChildren(summary, ...fold.open ? [version.parentElement!.querySelector('.wording')!.cloneNode(true)] : []);
    });
    form.addEventListener('reset', () => fold.open = false);
    part.querySelector('h2')!.after(fold);
  }
}
