// Signing may end while the page lies open. What a page of before the end hands in is still taken for the event's grace. Whether it is,
// and until when, is the server's to say: a phone's clock may be wrong.

interface End {
  /** Nothing that is signed here is taken any more. */
  isOver: boolean;
  /** Signing has ended, and this page is still taken: until when, in words. */
  late: HTMLElement | null;
}

const minInterval = 10_000; // ms between two questions
const answerTimeout = 2000; // ms

let asked = 0;
let answer: Promise<End | null> = Promise.resolve(null);

/** Whether what is signed here is taken no more; says so, or until when it is, before anybody writes. */
export async function isOver(form: HTMLFormElement): Promise<boolean> {
  const end = await ask(form);
  if (!end)
    return false; // nobody is kept from signing by a slow line
  const [said, shown] = [document.getElementById('ended')!, document.getElementById('late')];
  const { late } = end;
  said.hidden = !end.isOver;
  if (shown?.textContent !== late?.textContent) {
    shown?.remove();
    said.after(...late ? [late] : []);
    late?.scrollIntoView({ block: 'center' });
  }
  document.getElementById('pad')!.dataset.told = late?.dataset.pad ?? '';
  if (end.isOver)
    said.scrollIntoView({ block: 'center' });
  return end.isOver;
}

/** Where somebody has begun to write in this tab before signing ended and opens the page anew: goes to the form, if it is still taken. */
export function returnToForm(key: string | undefined): void {
  if (key && !new URL(location.href).searchParams.has('key'))
    location.replace(withKey(key));
}

/** The key brought the form here, and stays out of what is shared with others. */
export function hideKey(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('key'))
    return;
  address.searchParams.delete('key');
  history.replaceState(history.state, '', address);
}

/** Null where no answer came in time. */
function ask(form: HTMLFormElement): Promise<End | null> {
  if (Date.now() - asked > minInterval) {
    asked = Date.now();
    answer = endOf(form).catch(() => {
      asked = 0;
      return null;
    });
  }
  return Promise.race([answer, new Promise<null>(resolve => setTimeout(resolve, answerTimeout, null))]);
}

async function endOf(form: HTMLFormElement): Promise<End> {
  const { state } = await fetch(`/api/events/${form.dataset.code}`).then(response => response.json());
  if (state !== 'closed')
    return { isOver: false, late: null };
  const { value } = form.elements.namedItem('Form.Key') as HTMLInputElement;
  const page = await fetch(withKey(value)).then(response => response.ok ? response.text() : Promise.reject());
  const late = new DOMParser().parseFromString(page, 'text/html').getElementById('late');
  return { isOver: !late, late };
}

/** This page, as it is answered to whoever has opened it before. */
function withKey(key: string): URL {
  const address = new URL(location.href);
  address.searchParams.set('key', key);
  return address;
}
