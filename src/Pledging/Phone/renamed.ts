import type { DraftForm } from './draft';

interface RemovedSignature { name: string; signature: string }

/**
 * Removes a handwritten signature when the name that it was written for changes, says so beside it, and restores it when that name is typed
 * again. Case, spaces and punctuation do not count. Where the name is in the handwriting alone, the relation to the child counts in its
 * place.
 */
export function clearSignatureOnRename({ form, signers }: Pick<DraftForm, 'form' | 'signers'>): void {
  const signedFor = new WeakMap<Element, string>();
  const removed = new WeakMap<Element, RemovedSignature>();
  let isRemoving = false;
  const messages = new Map(signers.map(({ part }) => [part as Element, newMessage(part)]));
  const setMessage = (part: Element, text: string) => messages.get(part)!.textContent = text;

  form.addEventListener('change', event => {
    const target = event.target as Element;
    const signer = signers.find(({ part }) => part.contains(target));
    if (!signer)
      return;
    const { part, signature } = signer;
    const name = lettersOf(part.querySelector<HTMLInputElement>('input[type=text]'));
    // Signed, cleared, or restored (signer.ts). The name at focus is not enough: a draft may have been restored since.
    if (target === part) {
      signedFor.set(part, name);
      if (!isRemoving) {
        removed.delete(part);
        setMessage(part, '');
      }
    } else if (isHandwritten(signature) && (isOtherRelation(target) || isNameField(target) && name !== signedFor.get(part))) {
      if (isNameField(target))
        removed.set(part, { name: signedFor.get(part)!, signature });
      isRemoving = true;
      signer.signature = null;
      isRemoving = false;
      setMessage(part, form.dataset.signAgain ?? '');
    } else if (isNameField(target) && signature === null && removed.get(part)?.name === name)
      signer.signature = removed.get(part)!.signature;
  });
}

/** It is read out where it is filled: it stands on the page, empty, before. */
function newMessage(part: Element): HTMLElement {
  const message = document.createElement('p');
  message.className = 'hint sign-again';
  message.setAttribute('role', 'status');
  part.querySelector('.signature-paper')!.after(message);
  return message;
}

const isHandwritten = (signature: string | null): signature is string => signature !== null && signature !== 'typed';

/** Another relation, where the name is in the handwriting (by-hand.ts). */
const isOtherRelation = (field: EventTarget | null): boolean =>
  field instanceof HTMLSelectElement && !!field.dataset.byHand && !!field.closest('.part')!.querySelector('input[type=text]:disabled');

const isNameField = (field: EventTarget | null): field is HTMLInputElement => field instanceof HTMLInputElement && field.type === 'text';

const lettersOf = (field: HTMLInputElement | null): string => (field?.value ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
