// The mark of somebody who cannot write is drawn on the sheet that phones have; without a script the person's word stands alone.
import { leaveClosedPad, write } from '../../Pledging/Phone/back';
import { keepDraft } from './draft';
import { clearMended } from './mended';

const form = document.querySelector<HTMLFormElement>('form.assisted');
if (form) {
  leaveClosedPad();
  keepDraft(form);
  clearMended(form);
  const mark = form.elements.namedItem('Form.Mark') as HTMLInputElement;
  const part = document.getElementById('mark')!;
  const told = part.querySelector<HTMLElement>('.mark-given')!;
  const show = () => told.textContent = mark.value ? told.dataset.given! : '';
  part.hidden = false;
  show();
  document.getElementById('Form_Mark')!.addEventListener('click', async () => {
    const strokes = await write(document.getElementById('pad') as HTMLDialogElement, '');
    mark.value = strokes ?? mark.value;
    form.dispatchEvent(new Event('change'));
    show();
  });
}
