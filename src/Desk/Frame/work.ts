/** After how many milliseconds a page that is still waited for says so. */
const messageDelay = 1000;

/** For how many milliseconds a second press of what was sent is left out; the answer to the first ends the page before. */
const once = 10_000;

/**
 * Says that the server is at work on what was sent, where its answer takes longer than a second. Whoever presses twice sends once: the
 * browser would give up waiting for the first answer and send again, and the server would do it twice.
 */
export function showWork(): void {
  const words = document.querySelector<HTMLElement>('main')?.dataset.work;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let sent: { form: HTMLFormElement; at: number } | undefined;
  // The last to hear of it: what a script sends by itself shows a progress of its own.
  window.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== 'post' || !words)
      return;
    if (sent?.form === form && event.timeStamp - sent.at < once) {
      event.preventDefault();
      return;
    }
    sent = { form, at: event.timeStamp };
    clearTimeout(waiting);
    waiting = setTimeout(() => say(words), messageDelay);
  });
  // Come back to by the browser's own button, the page waits for nothing.
  window.addEventListener('pagehide', () => {
    sent = undefined;
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
