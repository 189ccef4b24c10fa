// The screens of a form that was handed in stay in the history, empty: nobody comes to them by Back, nor by an address that was passed on.

/** @param opened The address's # when the page was opened. */
export function passOverEmptyScreens(opened: string, isBegun: () => boolean, thanked: () => void): void {
  const done = document.getElementById('done')!;
  let isPast = false;
  document.addEventListener('click', event => (event.target as Element).matches('[href="#sign"]') && (isPast = false));
  addEventListener('popstate', () => {
    if (!location.hash.startsWith('#sign'))
      return;
    if (!done.hidden) {
      isPast = true;
      thanked();
    }
    if (isPast && !isBegun())
      location.replace('#know');
  });
  if (/^#sign-\d$/.test(opened) && location.hash === opened && !isBegun())
    location.replace('#know');
}
