/** In milliseconds. After this time the page says that the server is still at work. */
const messageDelay = 1000;

/** In milliseconds. For this time a second submit of the same form is prevented. */
const doubleSubmitTime = 10_000;

/**
 * Says that the server is at work, where its answer takes longer than a second, and prevents a double submit: the browser would abandon the
 * first answer and send again, and the server would do it twice.
 */
export function initBusyMessage(): void {
  const words = document.querySelector<HTMLElement>('main')?.dataset.busyText;
  let messageTimer: ReturnType<typeof setTimeout> | undefined;
  let lastSubmit: { form: HTMLFormElement; at: number } | undefined;
  // On the window, after all other listeners: what a script sends by itself shows its own progress.
  window.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== 'post' || !words)
      return;
    if (lastSubmit?.form === form && event.timeStamp - lastSubmit.at < doubleSubmitTime) {
      event.preventDefault();
      return;
    }
    lastSubmit = { form, at: event.timeStamp };
    clearTimeout(messageTimer);
    messageTimer = setTimeout(() => showMessage(words), messageDelay);
  });
  // After Back the page waits for nothing.
  window.addEventListener('pagehide', () => {
    lastSubmit = undefined;
    clearTimeout(messageTimer);
    document.querySelector('.at-work')?.remove();
  });
}

function showMessage(words: string): void {
  const line = document.createElement('p');
  line.className = 'at-work';
  line.setAttribute('role', 'status');
  const progress = document.createElement('progress');
  progress.setAttribute('aria-label', words);
  line.append(progress, words);
  document.body.append(line);
}
