// The three steps as three views of one page, and the second as a screen for each person. The address's # says which, so the
// phone's back key works by itself: #sign is the first person's screen, #sign-1 the next.

const views = [...document.querySelectorAll<HTMLElement>('[data-step]')];
const marks = [...document.querySelectorAll('.steps li')];
const order = ['know', 'sign', 'done'];
const sign = document.getElementById('sign')!;
const title = sign?.querySelector<HTMLElement>('.step-title')!;
/** Of the step, where one person signs alone. */
const alone = title?.textContent;

export function followSteps(): void {
  addEventListener('hashchange', () => go(placeOf(location.hash), true));
  go(placeOf(location.hash), false);
}

/** Shows one step, or a screen of it. A reader who moves on starts at its title. */
export function go(place: string, moved: boolean): void {
  const step = stepOf(place);
  for (const view of views)
    view.hidden = !view.dataset.step!.includes(step);
  marks.forEach((mark, i) => i === order.indexOf(step) ? mark.setAttribute('aria-current', 'step') : mark.removeAttribute('aria-current'));
  if (place !== placeOf(location.hash))
    history.replaceState(null, '', '#' + place);
  showScreen();
  if (moved) {
    scrollTo(0, 0);
    document.querySelector<HTMLElement>(`[data-step=${step}] .step-title`)?.focus({ preventScroll: true });
  }
}

/** Shows the screen that the address names, of those whom the party asks. */
export function showScreen(): void {
  const screens = asked();
  const at = Math.min(screens.length - 1, numberOf(location.hash));
  const isLast = at === screens.length - 1;
  [...sign.querySelectorAll('.part:not(.last)'), ...sign.querySelectorAll('.first')]
    .forEach(part => part.classList.toggle('away', part !== screens[at] && !(at === 0 && part.matches('.first'))));
  sign.querySelectorAll<HTMLElement>('.last').forEach(part => part.hidden = !isLast);
  document.getElementById('next')!.hidden = isLast;
  title.textContent = screens[1] && screens[at]!.dataset.screen || alone;
}

/** Goes on to the next person's screen; on the last stays. */
export function goOn(): void {
  const next = numberOf(location.hash) + 1;
  if (next < asked().length)
    location.hash = `#sign-${next}`;
}

/** Shows the step and the screen that holds an element, and puts the reader there. */
export function lead(to: HTMLElement): void {
  const step = to.closest<HTMLElement>('[data-step]');
  const screen = to.closest('.part:not(.last), .first');
  if (step?.hidden || screen?.matches('.away'))
    go(screen ? nameOf(asked().indexOf(screen as HTMLElement)) : step!.dataset.step!, false);
  to.focus();
  to.scrollIntoView({ block: 'center' });
}

/** The last screen, where it is handed in. */
export const lastScreen = (): string => nameOf(asked().length - 1);

const nameOf = (screen: number): string => screen > 0 ? `sign-${screen}` : 'sign';
const numberOf = (hash: string): number => Number(hash.split('-')[1] ?? 0) || 0;
const asked = (): HTMLElement[] => [...sign.querySelectorAll<HTMLElement>('.part:not(.last)')].filter(part => !part.hidden);
const stepOf = (place: string): string => place.split('-')[0]!;

/** `#done` is reached by signing alone, whose receipt is in the history: whoever opens the address again begins anew. */
function placeOf(hash: string): string {
  const place = hash.slice(1);
  const signed = (history.state as { receipt?: object } | null)?.receipt;
  return /^sign(-\d)?$/.test(place) || place === 'declined' || place === 'done' && signed ? place : 'know';
}
