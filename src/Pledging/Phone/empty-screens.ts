// The screens of a form that was submitted stay in the history, empty. Back to one of them, and an address of one that was passed on, lead
// to the first step.

/** @param opened The address's fragment when the page was opened. */
export function skipEmptyScreens(opened: string, hasInput: () => boolean, onLeaveThanks: () => void): void {
  const done = document.getElementById('done')!;
  let isAfterThanks = false;
  document.addEventListener('click', event => (event.target as Element).matches('[href="#sign"]') && (isAfterThanks = false));
  addEventListener('popstate', () => {
    if ((history.state as { handedOver?: true } | null)?.handedOver)
      isAfterThanks = true; // the thanks stood here (thanks.ts)
    if (!location.hash.startsWith('#sign'))
      return;
    if (!done.hidden) {
      isAfterThanks = true;
      onLeaveThanks();
    }
    if (isAfterThanks && !hasInput())
      location.replace('#know');
  });
  if (/^#sign-\d$/.test(opened) && location.hash === opened && !hasInput())
    location.replace('#know');
}
