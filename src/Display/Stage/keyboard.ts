/** B blanks the screen, F toggles full screen, Q shows the code large, T changes the theme (stored on this machine). */
export function initKeyboard(handlers: { largeCode(): void; theme(): void }) {
  const root = document.documentElement;
  const themeKey = 'stage-theme';
  try {
    root.dataset.theme = localStorage.getItem(themeKey) ?? root.dataset.theme;
  } catch {
    // Storage is forbidden; the theme lasts as long as the page.
  }
  handlers.theme();

  addEventListener('keydown', event => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key.toLowerCase()) {
      case 'b':
        document.body.toggleAttribute('data-blank-here');
        break;
      case 'f':
        // Refused by a page in a frame; missing in browsers of some television sets.
        void (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.())?.catch(() => {});
        break;
      case 'q':
        handlers.largeCode();
        break;
      case 't':
        root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
        try {
          localStorage.setItem(themeKey, root.dataset.theme);
        } catch {
          // As above.
        }
        handlers.theme();
        break;
    }
  });
}
