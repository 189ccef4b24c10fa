// The phone's Back closes the pad and nothing else. Its ink is not finished; it is restored when the pad is opened next.
import { dismiss, forget, write as writeOnPad } from './pad';

/**
 * Opens the pad with a history entry of its own; resolves to the encoded strokes, or null without a signature.
 * @param finished Called where the pad was closed by its own buttons: a page of an older release, which also took what Back left, tells
 * them apart by it.
 */
export async function write(dialog: HTMLDialogElement, name: string, finished?: () => void): Promise<string | null> {
  const removeEntry = interceptBack();
  const { signature, byKey } = await writeOnPad(dialog, name);
  if (signature)
    forget(name); // the form has it
  await removeEntry();
  if (byKey)
    finished?.();
  return signature;
}

/** After Back the browser removes the focus once the popstate listeners have run; what is focused after this keeps it. */
const nextTask = () => new Promise(resolve => setTimeout(resolve));

/** Pushes a history entry, so that Back dismisses the open pad and stays on the page, until the returned function is called. */
export function interceptBack(): () => Promise<void> {
  history.pushState({ pad: true }, '');
  let isPopped = false;
  const onPopState = () => {
    isPopped = true;
    dismiss();
  };
  addEventListener('popstate', onPopState);
  return async () => {
    removeEventListener('popstate', onPopState);
    if (!isPopped)
      await goBack();
    await nextTask();
  };
}

/** After a reload with the pad open its history entry is left over. */
export function removeStaleHistoryEntry(): void {
  if ((history.state as { pad?: true } | null)?.pad)
    history.back();
}

function goBack(): Promise<void> {
  return new Promise(resolve => {
    addEventListener('popstate', () => resolve(), { once: true });
    history.back();
  });
}
