/**
 * Removes a handwritten signature when the name that it was written for changes. Case, spaces and punctuation do not count. Where the name
 * is in the handwriting alone, the relation to the child counts in its place.
 */
export function clearSignatureOnRename(): void {
  const signedFor = new WeakMap<Element, string>();
  document.addEventListener('change', event => {
    const target = event.target as Element;
    const part = target.closest('.part');
    if (!part)
      return;
    const name = lettersOf(part.querySelector<HTMLInputElement>('input[type=text]'));
    // Signed, or restored (signer.ts). The name at focus is not enough: a draft may have been restored since.
    if (target === part)
      signedFor.set(part, name);
    else if (part.querySelector('.signature-paper svg') && (isOtherRelation(target) || isNameField(target) && name !== signedFor.get(part)))
      part.dispatchEvent(new Event('unsign'));
  });
}

/** Another relation, where the name is in the handwriting (by-hand.ts). */
const isOtherRelation = (field: EventTarget | null): boolean =>
  field instanceof HTMLSelectElement && !!field.dataset.byHand && !!field.closest('.part')!.querySelector('input[type=text]:disabled');

const isNameField = (field: EventTarget | null): field is HTMLInputElement => field instanceof HTMLInputElement && field.type === 'text';

const lettersOf = (field: HTMLInputElement | null): string => (field?.value ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
