// Choosing another language reloads the page; the step and the receipt (thanks.ts) are in the history entry, which stays.

let isChanging = false;

/** Whether the page is being loaded in another language: nobody sees what arrives now. */
export const isChangingLanguage = (): boolean => isChanging;

export function keepStepOnLanguageChange(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.frame-header a[hreflang]'))
    link.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey)
        return;
      event.preventDefault();
      isChanging = true;
      history.replaceState(history.state, '', link.href + location.hash);
      location.reload();
    });
}

/**
 * Back and Forward between two languages do not reload the page, and the browser fires no hashchange, since more than the fragment differs:
 * it is dispatched here.
 */
export function syncStepsAcrossLanguages(): void {
  const withoutHash = (address: string) => address.split('#')[0];
  let current = location.href;
  addEventListener('popstate', () => {
    const previous = current;
    current = location.href;
    if (withoutHash(previous) !== withoutHash(current))
      dispatchEvent(new HashChangeEvent('hashchange', { oldURL: previous, newURL: current }));
  });
}
