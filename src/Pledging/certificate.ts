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
  const reload = () => image.src = `${image.src}`;
  const retry = async () => {
    if (isRetrying)
      return;
    isRetrying = true;
    image.hidden = caption.hidden = true;
    setMessage(message.dataset.coming!);
    while (figure.isConnected && image.src) {
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
    if (!image.src)
      return; // the phone was handed to somebody else (thanks.ts)
    image.loading = 'eager'; // a lazy image that is hidden is not loaded
    reload(); // from the cache
  };
  show(); // its place is reserved while it loads
  image.onload = show;
  image.onerror = () => void retry();
  // It failed before this script ran. A lazy image may also not be requested yet: it stays so, or its error is heard now.
  if (image.complete && image.naturalWidth === 0)
    image.loading === 'lazy' ? reload() : void retry();
  setTimeout(() => {
    if (!image.complete && !isRetrying)
      setMessage(message.dataset.coming!);
  }, slowAfter);
}
