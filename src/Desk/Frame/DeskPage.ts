import { closeMenuOutside } from './menu';
import { showWork } from './work';
import { keepTypedBeside, keepTypedOverLanguages, keepTypedOverSignIn } from './typed';

closeMenuOutside();
showWork();
keepTypedOverLanguages();
keepTypedOverSignIn();
keepTypedBeside();
forgetPost();

/** A page that answered a form is loaded again, and gone back to, as what it is without its form: nothing is sent a second time. */
function forgetPost(): void {
  const own = new URL(location.href);
  own.searchParams.delete('handler');
  history.replaceState(history.state, '', own);
}

// A button with an address of its own inside a form of the desk (move, add, tick all) changes the form and saves nothing.
// Here its answer is put in place of the page's content: the address bar keeps the page's own address, Back leads to the
// page before, and loading again sends nothing. Without this the browser shows the answer as a page of its own.

document.addEventListener('submit', event => {
  const { target: form, submitter: button } = event;
  if (!(form instanceof HTMLFormElement) || !(button instanceof HTMLButtonElement) || !button.hasAttribute('formaction')
    || form.dataset.natively !== undefined)
    return;
  event.preventDefault();
  void exchange(form, button);
});

async function exchange(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const fields = new FormData(form);
  if (button.name)
    fields.append(button.name, button.value);
  form.inert = true; // what is pressed or typed now would be lost with the answer
  try {
    const answer = await fetch(button.formAction, { method: 'POST', body: fields });
    if (!answer.ok || answer.redirected)
      throw new Error(answer.statusText);
    putAnswer(new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main')!, button);
  } catch {
    // Signed out meanwhile, or no network: sent as without a script, the browser itself shows what is wrong.
    form.inert = false;
    form.dataset.natively = '';
    button.click();
  }
}

/** Puts the answer in, and the focus where the pressed button is now: at the part of the page that its address names. */
function putAnswer(main: HTMLElement, button: HTMLButtonElement): void {
  const pressed = placeOf(button);
  document.querySelector('main')!.replaceWith(document.adoptNode(main));
  const part = document.getElementById(new URL(button.formAction).hash.slice(1)) ?? main;
  const again = part.querySelectorAll('button')[pressed];
  const focused = main.querySelector<HTMLElement>('[autofocus]')
    ?? (again?.disabled === false ? again : part.querySelector<HTMLElement>('summary, button:enabled, input:not([type=hidden])'));
  part.scrollIntoView({ block: 'nearest' });
  focused?.focus();
}

/** The how-manieth button of its part of the page it is. */
function placeOf(button: HTMLButtonElement): number {
  const part = button.closest<HTMLElement>('form [id]');
  return part ? [...part.querySelectorAll('button')].indexOf(button) : 0;
}
