/**
 * Ink was written for the name that stood beside it: another name asks for new ink. The same in other spelling, or without a sign
 * that was refused, does not. Where there is handwriting alone, what the guardian is to the child stands for the name.
 */
export function askForInkAnew(): void {
  let before = '';
  document.addEventListener('focusin', event => before = lettersOf(event.target));
  document.addEventListener('change', event => {
    const part = (event.target as Element).closest('.part');
    if (part?.querySelector('.signature-paper svg')
      && (isAnother(event.target) || isName(event.target) && lettersOf(event.target) !== before))
      part.dispatchEvent(new Event('unsign'));
  });
}

/** Another relation, where the name is in the handwriting (by-hand.ts). */
const isAnother = (field: EventTarget | null): boolean =>
  field instanceof HTMLSelectElement && !!field.dataset.byHand && !!field.closest('.part')!.querySelector('input[type=text]:disabled');

const isName = (field: EventTarget | null): field is HTMLInputElement => field instanceof HTMLInputElement && field.type === 'text';

function lettersOf(field: EventTarget | null): string {
  return isName(field) ? field.value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') : '';
}
