/** After how many milliseconds a page that is still waited for says so. */
const patience = 1000;

/** Says that the server is at work on what was sent, where its answer takes longer than a second. */
export function showWork(): void {
  const words = document.querySelector<HTMLElement>('main')?.dataset.work;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  // The last to hear of it: what a script sends by itself shows a progress of its own.
  window.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== 'post' || !words)
      return;
    clearTimeout(waiting);
    waiting = setTimeout(() => say(words), patience);
  });
  // Come back to by the browser's own button, the page waits for nothing.
  window.addEventListener('pagehide', () => {
    clearTimeout(waiting);
    document.querySelector('.at-work')?.remove();
  });
}

function say(words: string): void {
  const line = document.createElement('p');
  line.className = 'at-work';
  line.setAttribute('role', 'status');
  const progress = document.createElement('progress');
  progress.setAttribute('aria-label', words);
  line.append(progress, words);
  document.body.append(line);
}
