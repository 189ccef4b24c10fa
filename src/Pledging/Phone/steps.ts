// The three steps as three views of one page. The address's # says which, so the phone's back key works by itself.

const views = [...document.querySelectorAll<HTMLElement>('[data-step]')];
const marks = [...document.querySelectorAll('.steps li')];
const order = ['know', 'sign', 'done'];

export function followSteps(): void {
  addEventListener('hashchange', () => go(stepOf(location.hash), true));
  go(stepOf(location.hash), false);
}

/** Shows one step. A reader who moves on starts at its title. */
export function go(step: string, moved: boolean): void {
  for (const view of views)
    view.hidden = view.dataset.step !== step;
  marks.forEach((mark, i) => i === order.indexOf(step) ? mark.setAttribute('aria-current', 'step') : mark.removeAttribute('aria-current'));
  if (step !== stepOf(location.hash))
    history.replaceState(null, '', '#' + step);
  if (moved) {
    scrollTo(0, 0);
    document.querySelector<HTMLElement>(`[data-step=${step}] .step-title`)?.focus({ preventScroll: true });
  }
}

/** Shows the step that holds an element, and puts the reader there. */
export function lead(to: HTMLElement): void {
  const step = to.closest<HTMLElement>('[data-step]');
  if (step?.hidden)
    go(step.dataset.step!, false);
  to.focus();
  to.scrollIntoView({ block: 'center' });
}

/** `#done` is reached by signing alone, whose receipt is in the history: whoever opens the address again begins anew. */
function stepOf(hash: string): string {
  const step = hash.slice(1);
  const signed = (history.state as { receipt?: object } | null)?.receipt;
  return step === 'sign' || step === 'declined' || step === 'done' && signed ? step : 'know';
}
