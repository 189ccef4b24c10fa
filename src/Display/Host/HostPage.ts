// The host's page with a script: forms are sent without leaving the page, and the state is read every second.
// The server writes every part of it (HostNow.cshtml); the script puts in what has changed. Without it, each press is
// a form that is posted.
import { fitPicture } from './picture';
import { follow as followFilm, listen as listenToBar } from './seeking';
import { heard, tick } from './ticking';

const between = 1000; // ms
const requestTimeout = 3000;
const settling = 300;
const messageTime = 8000; // what became of a press is left to be read for so long, or until the next press

const main = document.querySelector<HTMLElement>('main')!;
const acts = document.querySelector<HTMLFormElement>('#acts')!;
const trouble = document.querySelector<HTMLElement>('#trouble')!;
const said = document.querySelector<HTMLElement>('#said')!;

const shown = new Map<string, string>(); // each part as the server last wrote it
let asked = 0;
let acting = 0;
let cutOff: number | null = null;
let presses = 0;
let pressed = ''; // what there is to say of the last press
let pressedUntil = 0;
let told = ''; // in the alert
const seconds = document.createElement('span');
seconds.setAttribute('aria-hidden', 'true');
let touchedAt: number | null = null; // a pointer is down since then
const longestTouch = 2000; // ms; the release of a pointer may be swallowed, by a menu or by another window
const touching = () => touchedAt !== null && performance.now() - touchedAt < longestTouch;

/**
 * Sends a question or an act, and shows the answer unless a later one was sent meanwhile. Answers what there is to say of it: nothing
 * where all went well.
 */
async function ask(address: string, act?: FormData): Promise<string> {
  const turn = ++asked;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), requestTimeout);
  try {
    const answer = await fetch(address, {
      method: act ? 'POST' : 'GET', body: act, headers: { 'X-Requested-With': 'fetch' }, cache: 'no-store', signal: limit.signal,
    });
    // Signed out, or the link was revoked: the page itself says so.
    if (answer.status === 401 || answer.status === 403 || answer.status === 404)
      location.reload();
    if (!answer.ok && answer.status !== 409)
      throw new Error(answer.statusText);
    const parts = await answer.text();
    cutOff = null;
    if (answer.status === 409)
      return parts; // why the server did not do it, in words; the next look brings how the stage stands
    // Parts under a pressed pointer are not replaced, or the click would be lost; the next answer comes in a second.
    if (turn === asked && !touching())
      put(parts);
    return '';
  } catch {
    cutOff ??= performance.now();
    return trouble.dataset.failed!;
  } finally {
    clearTimeout(timer);
    sayTrouble();
  }
}

async function press(button: HTMLButtonElement): Promise<void> {
  button.setAttribute('aria-busy', 'true');
  acting++;
  pressed = '';
  const turn = ++presses;
  const words = await ask(button.formAction, new FormData(acts));
  acting--;
  button.removeAttribute('aria-busy');
  if (turn === presses)
    [pressed, pressedUntil] = [words, performance.now() + messageTime];
  sayTrouble();
}

/** A part as the server wrote it, but for its running clocks: those go on by themselves. */
const written = (part: HTMLElement) => part.outerHTML.replace(/(<[^>]*data-(?:since|until)="\d+"[^>]*>)[^<]*/g, '$1');

/** Puts in the parts that differ, and leaves the reader where he was. */
function put(parts: string): void {
  const arrived = new DOMParser().parseFromString(parts, 'text/html');
  const focused = document.activeElement?.id;
  for (const part of arrived.querySelectorAll<HTMLElement>('[data-part]')) {
    const old = document.getElementById(part.id);
    if (!old || shown.get(part.id) === written(part))
      continue;
    shown.set(part.id, written(part));
    for (const open of old.querySelectorAll<HTMLElement>('details[open][id]'))
      part.querySelector(`#${open.id}`)?.setAttribute('open', '');
    if (part.id === 'bar' || part.id === 'names')
      settle();
    old.replaceWith(document.adoptNode(part));
  }
  heard(main, performance.now());
  followFilm(main);
  if (focused && document.activeElement?.id !== focused)
    document.getElementById(focused)?.focus({ preventScroll: true });
  const now = main.querySelector<HTMLElement>('[data-said]')?.dataset.said ?? '';
  if (said.textContent !== now)
    said.textContent = now;
}

/** A finger that comes down twice must not do what the button says only since the first time. */
let settled: ReturnType<typeof setTimeout> | undefined;
function settle(): void {
  main.dataset.settling = '';
  clearTimeout(settled);
  settled = setTimeout(() => delete main.dataset.settling, settling);
}

/** An alert is read aloud whenever its words change: the seconds, which do each time, stand beside it for those who see. */
function sayTrouble(): void {
  const at = performance.now();
  const isCutOff = cutOff !== null && at - cutOff >= 2 * between;
  const words = at < pressedUntil && pressed || (isCutOff ? trouble.dataset.cutOff! : '');
  if (words !== told)
    trouble.replaceChildren(told = words, ' ', seconds);
  trouble.hidden = words === '';
  seconds.textContent = isCutOff && words === trouble.dataset.cutOff
    ? trouble.dataset.seconds!.replace('{0}', String(Math.round((at - cutOff!) / 1000))) : '';
}

for (const part of main.querySelectorAll<HTMLElement>('[data-part]'))
  shown.set(part.id, written(part));
document.body.dataset.scripted = '';
heard(main, performance.now());
for (const picture of document.querySelectorAll<HTMLElement>('.picture'))
  fitPicture(picture);

document.addEventListener('click', event => {
  // The button for which a press opens is not left under the bar.
  const opening = (event.target as HTMLElement).closest('summary')?.parentElement;
  if (opening)
    requestAnimationFrame(() => opening.querySelector(':scope > .wide')?.scrollIntoView({ block: 'nearest' }));
  const button = (event.target as HTMLElement).closest<HTMLButtonElement>('button[formaction]');
  if (!button)
    return;
  event.preventDefault();
  if (!button.hasAttribute('aria-busy') && !button.closest('[data-settling] #bar, [data-settling] #names'))
    void press(button);
});
// The keys of a presenter's remote, and of a keyboard.
const keys: Record<string, string> = { ArrowRight: '#next', PageDown: '#next', ArrowLeft: '#back', PageUp: '#back' };
document.addEventListener('keydown', event => {
  const button = keys[event.key];
  if (!button || event.repeat || event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).matches('input'))
    return;
  event.preventDefault();
  document.querySelector<HTMLElement>(button)!.click();
});
document.addEventListener('pointerdown', event => touchedAt = event.button === 0 ? performance.now() : null);
for (const kind of ['pointerup', 'pointercancel', 'contextmenu'])
  document.addEventListener(kind, () => touchedAt = null);
addEventListener('blur', () => touchedAt = null);
document.addEventListener('change', event => {
  const button = (event.target as HTMLElement).closest<HTMLElement>('[data-slider]')?.querySelector<HTMLButtonElement>('#set-volume');
  if (button)
    void press(button);
});

setInterval(() => {
  tick(main, performance.now());
  followFilm(main);
}, 250);
listenToBar(main, button => void press(button));
/** Not while an act is under way: its answer is the newer one. */
async function look(): Promise<void> {
  if (document.visibilityState === 'visible' && acting === 0)
    await ask(`${location.pathname}?handler=Now`);
}
const follow = (): unknown => setTimeout(() => look().then(follow), between);
follow();
document.addEventListener('visibilitychange', look);
