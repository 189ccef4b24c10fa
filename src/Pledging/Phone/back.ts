// The phone's Back closes the sheet to write on and nothing else; what was written stays, as if it had been finished.
import { forget, turnBack, write as writeOn } from './pad';

/**
 * Opens the sheet with a history entry of its own; answers what was written as it travels, or null where that is no signature.
 * @param finished Called where the sheet was closed by its own keys and not by Back; a page from before it was asked for has none.
 */
export async function write(sheet: HTMLDialogElement, name: string, finished?: () => void): Promise<string | null> {
  const leave = holdBack();
  const { signature, byKey } = await writeOn(sheet, name);
  if (signature)
    forget(name); // it stands in the form
  await leave();
  if (byKey)
    finished?.();
  return signature;
}

/** From now on Back turns back from the open sheet and leaves the page as it is, until what it answers is called. */
export function holdBack(): () => Promise<void> {
  history.pushState({ pad: true }, '');
  let gone = false;
  const back = () => {
    gone = true;
    turnBack();
  };
  addEventListener('popstate', back);
  return async () => {
    removeEventListener('popstate', back);
    if (!gone)
      await leave();
  };
}

/** After a reload with the sheet open its entry is left over. */
export function leaveClosedPad(): void {
  if ((history.state as { pad?: true } | null)?.pad)
    history.back();
}

function leave(): Promise<void> {
  return new Promise(resolve => {
    addEventListener('popstate', () => resolve(), { once: true });
    history.back();
  });
}
