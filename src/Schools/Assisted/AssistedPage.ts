// The mark of somebody who cannot write is drawn on the sheet that phones have; without a script the person's word stands alone.
import { write } from '../../Pledging/Phone/pad';

const part = document.getElementById('mark');
const kept = document.querySelector<HTMLInputElement>('[name="Form.Mark"]');
if (part && kept) {
  const told = part.querySelector<HTMLElement>('.mark-given')!;
  const show = () => told.textContent = kept.value ? told.dataset.given! : '';
  part.hidden = false;
  show();
  document.getElementById('Form_Mark')!.addEventListener('click', async () => {
    const strokes = await write(document.getElementById('pad') as HTMLDialogElement, '');
    kept.value = strokes ?? kept.value;
    show();
  });
}
