// The phone's Back closes the sheet to write on and nothing else; what was written stays, as if it had been finished.
import { write as writeOn } from './pad';

/**
 * As pad.ts says, with a history entry of its own while the sheet is open.
 * @param finished Called where the sheet was closed by its own keys and not by Back; a page from before it was asked for has none.
 */
export async function write(sheet: HTMLDialogElement, name: string, finished?: () => void): Promise<string | null> {
  history.pushState({ pad: true }, '');
  let gone = false;
  const back = () => {
    gone = true;
    press(sheet, 'done');
    if (sheet.hasAttribute('open')) // nothing was written
      press(sheet, 'cancel');
  };
  addEventListener('popstate', back);
  const signature = await writeOn(sheet, name);
  removeEventListener('popstate', back);
  if (!gone) {
    await leave();
    finished?.();
  }
  return signature;
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

function press(sheet: HTMLElement, what: string): void {
  sheet.querySelector<HTMLElement>(`[data-do=${what}]`)!.click();
}
