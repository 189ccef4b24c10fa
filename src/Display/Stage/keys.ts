/** B blanks, F fills the screen, Q shows the code large, T changes the theme (kept on this machine). */
export function followKeys(asked: { largeCode(): void; theme(): void }) {
  const root = document.documentElement;
  const themeKey = 'stage-theme';
  try {
    root.dataset.theme = localStorage.getItem(themeKey) ?? root.dataset.theme;
  } catch {
    // Storage is closed; the theme lasts as long as the page.
  }
  asked.theme();

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
        asked.largeCode();
        break;
      case 't':
        root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
        try {
          localStorage.setItem(themeKey, root.dataset.theme);
        } catch {
          // As above.
        }
        asked.theme();
        break;
    }
  });
}
