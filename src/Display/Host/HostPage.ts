// The host's page with a script: forms are sent without leaving the page, and the state is read every second.
// The server writes every part of it (HostNow.cshtml); the script puts in what has changed. Without it, each press is
// a form that is posted.
import { fitPicture } from './picture';
import { initSeekBar, updateSeekBar } from './seek-bar';
import { readServerTime, updateClocks } from './clocks';

const pollInterval = 1000; // ms
const requestTimeout = 3000;
const messageDuration = 8000; // ms for which the result of a press is shown, or until the next press

const main = document.querySelector<HTMLElement>('main')!;
const form = document.querySelector<HTMLFormElement>('#acts')!;
const alertElement = document.querySelector<HTMLElement>('#trouble')!;
const liveRegion = document.querySelector<HTMLElement>('#said')!;

const shownParts = new Map<string, string>(); // the HTML of each part as the server last rendered it
let requests = 0;
let pendingActs = 0;
let offlineSince: number | null = null;
let presses = 0;
let pressMessage = ''; // the message about the last press
let pressMessageUntil = 0;
let alertText = '';
const alertSeconds = document.createElement('span');
alertSeconds.setAttribute('aria-hidden', 'true');
let pointerDownAt: number | null = null; // when the pointer that is down was pressed
const maxPointerDownTime = 2000; // ms; the pointerup may be missed, because of a menu or another window
const isPointerDown = () => pointerDownAt !== null && performance.now() - pointerDownAt < maxPointerDownTime;

/**
 * Polls the state or posts an act, and shows the answer unless a later request was sent meanwhile. Returns the message to show: empty after
 * success.
 */
async function request(address: string, act?: FormData): Promise<string> {
  const requestNumber = ++requests;
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), requestTimeout);
  try {
    const response = await fetch(address, {
      method: act ? 'POST' : 'GET', body: act, headers: { 'X-Requested-With': 'fetch' }, cache: 'no-store', signal: controller.signal,
    });
    // Signed out, or the link was revoked or has expired: the page itself says so. 400: the form is of another session, a new one works.
    if ([400, 401, 403, 404].includes(response.status))
      location.reload();
    if (!response.ok && response.status !== 409)
      throw new Error(response.statusText);
    const parts = await response.text();
    offlineSince = null;
    if (response.status === 409)
      return parts; // the server's reason; the next poll brings the state
    // Parts under a pressed pointer are not replaced, or the click would be lost; the next answer comes in a second.
    if (requestNumber === requests && !isPointerDown())
      replaceParts(parts);
    return '';
  } catch {
    offlineSince ??= performance.now();
    return alertElement.dataset.failed!;
  } finally {
    clearTimeout(timer);
    showAlert();
  }
}

async function press(button: HTMLButtonElement): Promise<void> {
  button.setAttribute('aria-busy', 'true');
  pendingActs++;
  pressMessage = '';
  const pressNumber = ++presses;
  const message = await request(button.formAction, new FormData(form));
  pendingActs--;
  button.removeAttribute('aria-busy');
  if (pressNumber === presses)
    [pressMessage, pressMessageUntil] = [message, performance.now() + messageDuration];
  showAlert();
}

/** The HTML of a part without the text of its clocks, which the script updates. */
const htmlWithoutClocks = (part: HTMLElement) => part.outerHTML.replace(/(<[^>]*data-(?:since|until)="\d+"[^>]*>)[^<]*/g, '$1');

/** Replaces the parts that differ, and keeps the focus and what is open. */
function replaceParts(parts: string): void {
  const received = new DOMParser().parseFromString(parts, 'text/html');
  const focused = document.activeElement?.id;
  for (const part of received.querySelectorAll<HTMLElement>('[data-part]')) {
    const old = document.getElementById(part.id);
    if (!old || shownParts.get(part.id) === htmlWithoutClocks(part))
      continue;
    shownParts.set(part.id, htmlWithoutClocks(part));
    for (const open of old.querySelectorAll<HTMLElement>('details[open][id]'))
      part.querySelector(`#${open.id}`)?.setAttribute('open', '');
    if (part.id === 'bar' || part.id === 'names')
      settle(Number(part.dataset.settle));
    old.replaceWith(document.adoptNode(part));
  }
  readServerTime(main, performance.now());
  updateSeekBar(main);
  if (focused && document.activeElement?.id !== focused)
    document.getElementById(focused)?.focus({ preventScroll: true });
  const status = main.querySelector<HTMLElement>('[data-said]')?.dataset.said ?? '';
  if (liveRegion.textContent !== status)
    liveRegion.textContent = status;
}

/** A double tap must not press a button that has changed after the first tap. */
let settleTimer: ReturnType<typeof setTimeout> | undefined;
let settledAt = 0;
function settle(time: number): void {
  const at = performance.now();
  settledAt = Math.max(settledAt, at + time);
  main.dataset.settling = '';
  clearTimeout(settleTimer);
  settleTimer = setTimeout(() => delete main.dataset.settling, settledAt - at);
}

/** Screen readers read an alert whenever its text changes: the seconds, which change each time, are hidden from them. */
function showAlert(): void {
  const at = performance.now();
  const isOffline = offlineSince !== null && at - offlineSince >= 2 * pollInterval;
  const message = at < pressMessageUntil && pressMessage || (isOffline ? alertElement.dataset.cutOff! : '');
  if (message !== alertText)
    alertElement.replaceChildren(alertText = message, ' ', alertSeconds);
  alertElement.hidden = message === '';
  main.toggleAttribute('data-cut-off', isOffline);
  alertSeconds.textContent = isOffline && message === alertElement.dataset.cutOff
    ? alertElement.dataset.seconds!.replace('{0}', String(Math.round((at - offlineSince!) / 1000))) : '';
}

for (const part of main.querySelectorAll<HTMLElement>('[data-part]'))
  shownParts.set(part.id, htmlWithoutClocks(part));
document.body.dataset.scripted = '';
readServerTime(main, performance.now());
for (const picture of document.querySelectorAll<HTMLElement>('.picture'))
  fitPicture(picture);

document.addEventListener('click', event => {
  // Scrolls the button of what was opened clear of the bar.
  const opened = (event.target as HTMLElement).closest('summary')?.parentElement;
  if (opened)
    requestAnimationFrame(() => opened.querySelector(':scope > .wide')?.scrollIntoView({ block: 'nearest' }));
  const button = (event.target as HTMLElement).closest<HTMLButtonElement>('button[formaction]');
  if (!button)
    return;
  event.preventDefault();
  if (!button.hasAttribute('aria-busy') && !button.closest('[data-settling] #bar, [data-settling] #names'))
    void press(button);
});
// The keys of a presenter's remote, and of a keyboard.
const buttonByKey: Record<string, string> = { ArrowRight: '#next', PageDown: '#next', ArrowLeft: '#back', PageUp: '#back' };
document.addEventListener('keydown', event => {
  const button = buttonByKey[event.key];
  if (!button || event.repeat || event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).matches('input'))
    return;
  event.preventDefault();
  document.querySelector<HTMLElement>(button)!.click();
});
document.addEventListener('pointerdown', event => pointerDownAt = event.button === 0 ? performance.now() : null);
for (const kind of ['pointerup', 'pointercancel', 'contextmenu'])
  document.addEventListener(kind, () => pointerDownAt = null);
addEventListener('blur', () => pointerDownAt = null);
document.addEventListener('change', event => {
  const button = (event.target as HTMLElement).closest<HTMLElement>('[data-slider]')?.querySelector<HTMLButtonElement>('#set-volume');
  if (button)
    void press(button);
});

setInterval(() => {
  updateClocks(main, performance.now());
  updateSeekBar(main);
}, 250);
initSeekBar(main, button => void press(button));
/** Not while an act is being sent: its answer is newer. */
async function poll(): Promise<void> {
  if (document.visibilityState === 'visible' && pendingActs === 0)
    await request(`${location.pathname}?handler=Now`);
}
const schedulePoll = (): unknown => setTimeout(() => poll().then(schedulePoll), pollInterval);
schedulePoll();
document.addEventListener('visibilitychange', poll);
