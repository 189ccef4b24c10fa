// The image of a certificate. The server draws a few at a time and refuses others with Retry-After: the page says so, and requests it
// again.

const slowAfter = 1500; // ms
const offlineRetryDelay = 5; // s

/** A hidden page sends no requests. */
const whenVisible = () => document.visibilityState === 'visible' ? null
  : new Promise(resolve => document.addEventListener('visibilitychange', resolve, { once: true }));

/** Shows an image once it is loaded; called again for the next family on the same page. The paragraph after it holds the messages. */
export function loadCertificate(figure: HTMLElement): void {
  const image = figure.querySelector('img')!;
  const [caption, message] = [figure.querySelector('figcaption')!, figure.querySelector<HTMLElement>('[data-coming]')!];
  const missingText = (message.dataset.missing ??= message.textContent!);
  let isRetrying = false;
  const setMessage = (text: string) => {
    [message.textContent, message.hidden] = [text, !text];
  };
  const show = () => {
    image.hidden = caption.hidden = false;
    setMessage('');
  };
  const retry = async () => {
    if (isRetrying)
      return;
    isRetrying = true;
    image.hidden = caption.hidden = true;
    while (figure.isConnected) {
      await whenVisible();
      const answer = await fetch(image.src).catch(() => null);
      await answer?.arrayBuffer().catch(() => null); // an answer that is not read holds its connection
      if (answer?.ok)
        break;
      const seconds = Number(answer?.headers.get('Retry-After')) || offlineRetryDelay;
      setMessage(answer?.headers.has('Retry-After') ? message.dataset.later!.replace('{0}', `${seconds}`) : missingText);
      if (answer && !answer.headers.has('Retry-After')) // withdrawn, for instance
        return;
      await new Promise(resolve => setTimeout(resolve, seconds * 1000));
    }
    isRetrying = false;
    image.src = `${image.src}`; // reloads it, from the cache
  };
  show(); // its place is reserved while it loads
  image.onload = show;
  image.onerror = () => void retry();
  if (image.complete && image.naturalWidth === 0 && image.loading !== 'lazy')
    void retry();
  setTimeout(() => {
    if (!image.complete && !isRetrying)
      setMessage(message.dataset.coming!);
  }, slowAfter);
}
