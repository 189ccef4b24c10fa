/**
 * Ink was written for the name that stood beside it: another name asks for new ink. The same in other spelling, or without a sign
 * that was refused, does not.
 */
export function askForInkAnew(): void {
  let before = '';
  document.addEventListener('focusin', event => before = lettersOf(event.target));
  document.addEventListener('change', event => {
    const part = (event.target as Element).closest('.part');
    if (part?.querySelector('.signature-paper svg') && isName(event.target) && lettersOf(event.target) !== before)
      part.dispatchEvent(new Event('unsign'));
  });
}

const isName = (field: EventTarget | null): field is HTMLInputElement => field instanceof HTMLInputElement && field.type === 'text';

function lettersOf(field: EventTarget | null): string {
  return isName(field) ? field.value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') : '';
}
