// Uses the pad of the phone page for the mark of somebody who cannot write, or the name of a guardian or child who can. Without a script
// there is no ink.
import { removeStaleHistoryEntry, write } from '../../Pledging/Phone/back';
import { initVisibleFields } from './visible-fields';
import { reloadWithKey, saveDraftOnChange } from './draft';
import { clearErrorsOnInput } from './clear-errors';

const form = document.querySelector<HTMLFormElement>('form.assisted');
if (form) {
  removeStaleHistoryEntry();
  saveDraftOnChange(form);
  clearErrorsOnInput(form);
  initInkField(form, 'ChildSignature');
  initInkField(form, 'Mark');
  initInkField(form, 'Handwriting');
  initVisibleFields(form);
} else if (document.getElementById('late'))
  reloadWithKey();

/** The ink is stored in the hidden field of that name, whose part visible-fields.ts shows. */
function initInkField(form: HTMLFormElement, name: string): void {
  const ink = form.elements.namedItem(`Form.${name}`) as HTMLInputElement;
  const button = document.getElementById(`Form_${name}`)!;
  const message = button.parentElement!.querySelector<HTMLElement>('.ink-given')!;
  const update = () => message.textContent = ink.value ? message.dataset.given! : '';
  update();
  ink.addEventListener('change', update); // cleared by visible-fields.ts
  button.addEventListener('click', async () => {
    const dialog = document.getElementById('pad') as HTMLDialogElement;
    dialog.querySelector<HTMLElement>('h2')!.dataset.words = button.dataset.title;
    dialog.querySelector<HTMLElement>('.pad-told')!.dataset.empty = button.dataset.empty;
    // By the field's name, the kept ink of one is not put on the pad of the other; neither has a name to trace.
    dialog.dataset.unnamed = name;
    ink.value = await write(dialog, name) ?? ink.value;
    ink.dispatchEvent(new Event('change', { bubbles: true }));
  });
}
