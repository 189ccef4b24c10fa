import { initMenu } from './menu';
import { initBusyMessage } from './busy-message';
import { keepFieldsOfOtherForms, keepFieldsOnLanguageChange, keepFieldsOnSignIn } from './kept-fields';

initMenu();
initBusyMessage();
keepFieldsOnLanguageChange();
keepFieldsOnSignIn();
keepFieldsOfOtherForms();
removeHandlerFromAddress();

/** Removes the form's handler from the address of a page that answered it, so that a reload and Back send nothing again. */
function removeHandlerFromAddress(): void {
  const address = new URL(location.href);
  address.searchParams.delete('handler');
  history.replaceState(history.state, '', address);
}

// A button with an address of its own inside a form of the desk (move, add, tick all) changes the form and saves nothing. Its answer
// replaces the page's content: the address stays, Back leads to the page before, and a reload sends nothing. Without a script the browser
// shows the answer as a page of its own.

document.addEventListener('submit', event => {
  const { target: form, submitter: button } = event;
  if (!(form instanceof HTMLFormElement) || !(button instanceof HTMLButtonElement) || !button.hasAttribute('formaction')
    || form.dataset.nativeSubmit !== undefined)
    return;
  event.preventDefault();
  void submitInPlace(form, button);
});

async function submitInPlace(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const fields = new FormData(form);
  if (button.name)
    fields.append(button.name, button.value);
  form.inert = true; // the answer would discard further input
  try {
    const response = await fetch(button.formAction, { method: 'POST', body: fields });
    if (!response.ok || response.redirected)
      throw new Error(response.statusText);
    replaceMain(new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('main')!, button);
  } catch {
    // Signed out meanwhile, or no network: sent as without a script, so that the browser shows what is wrong.
    form.inert = false;
    form.dataset.nativeSubmit = '';
    button.click();
  }
}

/** Replaces the content and focuses the same button again, in the part of the page that its address's fragment names. */
function replaceMain(main: HTMLElement, button: HTMLButtonElement): void {
  const index = buttonIndex(button);
  document.querySelector('main')!.replaceWith(document.adoptNode(main));
  const part = document.getElementById(new URL(button.formAction).hash.slice(1)) ?? main;
  const sameButton = part.querySelectorAll('button')[index];
  const focused = main.querySelector<HTMLElement>('[autofocus]')
    ?? (sameButton?.disabled === false ? sameButton : part.querySelector<HTMLElement>('summary, button:enabled, input:not([type=hidden])'));
  part.scrollIntoView({ block: 'nearest' });
  focused?.focus();
}

/** The button's index in its part of the page. */
function buttonIndex(button: HTMLButtonElement): number {
  const part = button.closest<HTMLElement>('form [id]');
  return part ? [...part.querySelectorAll('button')].indexOf(button) : 0;
}
