/**
 * Ink was written for the name that stood beside it: another name asks for new ink. The same in other spelling, or without a sign
 * that was refused, does not. Where there is handwriting alone, what the guardian is to the child stands for the name.
 */
export function askForInkAnew(): void {
  const signedFor = new WeakMap<Element, string>();
  document.addEventListener('change', event => {
    const target = event.target as Element;
    const part = target.closest('.part');
    if (!part)
      return;
    const name = lettersOf(part.querySelector<HTMLInputElement>('input[type=text]'));
    // Signed, or put back (signer.ts). What stood there when the field was entered says nothing: a draft may have been put back since.
    if (target === part)
      signedFor.set(part, name);
    else if (part.querySelector('.signature-paper svg') && (isAnother(target) || isName(target) && name !== signedFor.get(part)))
      part.dispatchEvent(new Event('unsign'));
  });
}

/** Another relation, where the name is in the handwriting (by-hand.ts). */
const isAnother = (field: EventTarget | null): boolean =>
  field instanceof HTMLSelectElement && !!field.dataset.byHand && !!field.closest('.part')!.querySelector('input[type=text]:disabled');

const isName = (field: EventTarget | null): field is HTMLInputElement => field instanceof HTMLInputElement && field.type === 'text';

const lettersOf = (field: HTMLInputElement | null): string => (field?.value ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
