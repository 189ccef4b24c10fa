// Signing may end while the page is open. A request of a page that was opened before is still taken within the event's grace. The server
// says whether it is, and until when: a phone's clock may be wrong.

interface ClosingState {
  /** Nothing that is signed here is taken any more. */
  isOver: boolean;
  /** Signing has ended, and this page is still taken: the notice that says until when. */
  late: HTMLElement | null;
}

const minRequestInterval = 10_000; // ms
const answerTimeout = 2000; // ms

let requestedAt = -minRequestInterval; // by the page's own clock, which nobody sets
let lastAnswer: Promise<ClosingState | null> = Promise.resolve(null);

/** Whether what is signed here is no longer taken. Shows that, or until when it is, before anybody writes. */
export async function isOver(form: HTMLFormElement): Promise<boolean> {
  const state = await fetchClosingStateOnce(form);
  if (!state)
    return false; // without an answer in time signing goes on
  const [endedNotice, lateNotice] = [document.getElementById('ended')!, document.getElementById('late')];
  const { late } = state;
  endedNotice.hidden = !state.isOver;
  if (lateNotice?.textContent !== late?.textContent) {
    lateNotice?.remove();
    endedNotice.after(...late ? [late] : []);
    late?.scrollIntoView({ block: 'center' });
  }
  document.getElementById('pad')!.dataset.told = late?.dataset.pad ?? '';
  if (state.isOver)
    endedNotice.scrollIntoView({ block: 'center' });
  return state.isOver;
}

/** Reloads the closed page with the key of a draft from before signing ended: the server shows the form while it is still taken. */
export function reloadWithKey(key: string | undefined): void {
  if (key && !new URL(location.href).searchParams.has('key'))
    location.replace(withKey(key));
}

/** Removes the key of `reloadWithKey` from the address, so that it is not shared with the link. */
export function removeKeyFromAddress(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('key'))
    return;
  address.searchParams.delete('key');
  history.replaceState(history.state, '', address);
}

/** Null where no answer came in time. */
function fetchClosingStateOnce(form: HTMLFormElement): Promise<ClosingState | null> {
  if (performance.now() - requestedAt >= minRequestInterval) {
    requestedAt = performance.now();
    lastAnswer = fetchClosingState(form).catch(() => {
      requestedAt = -minRequestInterval;
      return null;
    });
  }
  return Promise.race([lastAnswer, new Promise<null>(resolve => setTimeout(resolve, answerTimeout, null))]);
}

async function fetchClosingState(form: HTMLFormElement): Promise<ClosingState> {
  const { state } = await fetch(`/api/events/${form.dataset.code}`).then(response => response.json());
  if (state !== 'closed')
    return { isOver: false, late: null };
  const { value } = form.elements.namedItem('Form.Key') as HTMLInputElement;
  const page = await fetch(withKey(value)).then(response => response.ok ? response.text() : Promise.reject());
  const late = new DOMParser().parseFromString(page, 'text/html').getElementById('late');
  return { isOver: !late, late };
}

/** The address of this page with a key: the server answers it as to a page that was opened with that key. */
function withKey(key: string): URL {
  const address = new URL(location.href);
  address.searchParams.set('key', key);
  return address;
}
