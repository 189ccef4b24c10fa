// The three steps as three views of one page, and the second as a screen for each person. The address's fragment says which, so the phone's
// back key works by itself: #sign is the first person's screen, #sign-1 the next.

const stepViews = [...document.querySelectorAll<HTMLElement>('[data-step]')];
const stepMarkers = [...document.querySelectorAll('.steps li')];
const order = ['know', 'sign', 'done'];
const signStep = document.getElementById('sign')!;
const title = signStep?.querySelector<HTMLElement>('.step-title')!;
/** The step's title where one person signs alone. */
const titleForOne = title?.textContent;

export function initSteps(): void {
  addEventListener('hashchange', () => showStep(targetOf(location.hash), true));
  showStep(targetOf(location.hash), false);
}

/** Shows one step, or a screen of it. `moveFocus` scrolls to the top and focuses the title. */
export function showStep(target: string, moveFocus: boolean): void {
  const step = stepOf(target);
  for (const view of stepViews)
    view.hidden = !view.dataset.step!.includes(step);
  stepMarkers.forEach((marker, i) =>
    i === order.indexOf(step) ? marker.setAttribute('aria-current', 'step') : marker.removeAttribute('aria-current'));
  if (target !== targetOf(location.hash))
    history.replaceState(null, '', '#' + target);
  showScreen();
  if (moveFocus) {
    scrollTo(0, 0);
    document.querySelector<HTMLElement>(`[data-step=${step}] .step-title`)?.focus({ preventScroll: true });
  }
}

/** Shows the screen that the fragment names, of those that the chosen party has. */
export function showScreen(): void {
  const screens = visibleParts();
  const at = Math.min(screens.length - 1, screenOf(location.hash));
  const isLast = at === screens.length - 1;
  [...signStep.querySelectorAll('.part:not(.last)'), ...signStep.querySelectorAll('.first')]
    .forEach(part => part.classList.toggle('away', part !== screens[at] && !(at === 0 && part.matches('.first'))));
  signStep.querySelectorAll<HTMLElement>('.last').forEach(part => part.hidden = !isLast);
  document.getElementById('next')!.hidden = isLast;
  title.textContent = screens[1] && screens[at]!.dataset.screen || titleForOne;
}

/** Goes on to the next person's screen; on the last it does nothing. */
export function goToNextScreen(): void {
  const next = screenOf(location.hash) + 1;
  if (next < visibleParts().length)
    location.hash = `#sign-${next}`;
}

/** Shows the step and the screen of a field, and focuses it. */
export function focusField(to: HTMLElement): void {
  const step = to.closest<HTMLElement>('[data-step]');
  const screen = to.closest('.part:not(.last), .first');
  if (step?.hidden || screen?.matches('.away'))
    showStep(screen ? targetOfScreen(visibleParts().indexOf(screen as HTMLElement)) : step!.dataset.step!, false);
  to.focus();
  to.scrollIntoView({ block: 'center' });
}

/** The last screen, which has the submit button. */
export const lastScreen = (): string => targetOfScreen(visibleParts().length - 1);

const targetOfScreen = (screen: number): string => screen > 0 ? `sign-${screen}` : 'sign';
const screenOf = (hash: string): number => Number(hash.split('-')[1] ?? 0) || 0;
const visibleParts = (): HTMLElement[] => [...signStep.querySelectorAll<HTMLElement>('.part:not(.last)')].filter(part => !part.hidden);
const stepOf = (target: string): string => target.split('-')[0]!;

/** `#done` needs the receipt that signing puts into the history entry; an address opened with it shows the first step. */
function targetOf(hash: string): string {
  const target = hash.slice(1);
  const signed = (history.state as { receipt?: object } | null)?.receipt;
  return /^sign(-\d)?$/.test(target) || target === 'declined' || target === 'done' && signed ? target : 'know';
}
