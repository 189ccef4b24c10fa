// What is drawn here is drawn on the sheet that phones have: the mark of somebody who cannot write, or the name of a guardian who can.
// Without a script the person's word stands alone.
import { leaveClosedPad, write } from '../../Pledging/Phone/back';
import { offerHandwritingAlone } from './by-hand';
import { keepDraft, returnToForm } from './draft';
import { clearMended } from './mended';

const form = document.querySelector<HTMLFormElement>('form.assisted');
if (form) {
  leaveClosedPad();
  keepDraft(form);
  clearMended(form);
  offerInk(form, 'Mark');
  offerInk(form, 'Handwriting');
  offerHandwritingAlone(form);
} else if (document.getElementById('late'))
  returnToForm();

/** What is written stands in the hidden field of that name, whose part is shown by by-hand.ts. */
function offerInk(form: HTMLFormElement, name: string): void {
  const ink = form.elements.namedItem(`Form.${name}`) as HTMLInputElement;
  const button = document.getElementById(`Form_${name}`)!;
  const told = button.parentElement!.querySelector<HTMLElement>('.ink-given')!;
  const show = () => told.textContent = ink.value ? told.dataset.given! : '';
  show();
  ink.addEventListener('change', show); // taken back by by-hand.ts
  button.addEventListener('click', async () => {
    const sheet = document.getElementById('pad') as HTMLDialogElement;
    sheet.querySelector<HTMLElement>('h2')!.dataset.words = button.dataset.title;
    sheet.querySelector<HTMLElement>('.pad-told')!.dataset.empty = button.dataset.empty;
    // By the field's name, what stands on the sheet of one is not put on that of the other; nothing to trace for either.
    sheet.dataset.unnamed = name;
    ink.value = await write(sheet, name) ?? ink.value;
    ink.dispatchEvent(new Event('change', { bubbles: true }));
  });
}
