// Another language is the same page, loaded anew: the step and the receipt (thanks.ts), which are in the history entry, go along.

let isLeaving = false;

/** Whether the page is being loaded in another language: what arrives now would be shown to nobody. */
export const leavesForLanguage = (): boolean => isLeaving;

export function keepPlaceInLanguages(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.frame-header a[hreflang]'))
    link.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey)
        return;
      event.preventDefault();
      isLeaving = true;
      history.replaceState(history.state, '', link.href + location.hash);
      location.reload();
    });
}

/** Back and Forward between two languages stay on the page as it is: the browser tells of no other #, since the rest differs as well. */
export function followStepsThroughLanguages(): void {
  const restOf = (address: string) => address.split('#')[0];
  let at = location.href;
  addEventListener('popstate', () => {
    const from = at;
    at = location.href;
    if (restOf(from) !== restOf(at))
      dispatchEvent(new HashChangeEvent('hashchange', { oldURL: from, newURL: at }));
  });
}
