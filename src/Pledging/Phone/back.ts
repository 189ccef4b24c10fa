// The phone's Back closes the sheet to write on and nothing else. What was written is not finished, and stands there again when the
// sheet is opened next.
import { forget, turnBack, write as writeOn } from './pad';

/**
 * Opens the sheet with a history entry of its own; answers what was written as it travels, or null where that is no signature.
 * @param finished Called where the sheet was closed by its own keys: a page from before, which took what Back left, tells them apart by it.
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

/** After Back the browser takes the focus from whatever has it, once those who wait for it have been told. */
const settled = () => new Promise(resolve => setTimeout(resolve));

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
    await settled();
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
