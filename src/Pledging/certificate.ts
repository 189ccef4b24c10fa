// The picture of a certificate, in its place on a page. It is drawn when its turn comes: the page says so, and asks again
// where the line was too long.

const SLOW = 1500; // ms
const NETWORK_AWAY = 5; // s

/** A hidden page asks nothing. */
const shown = () => document.visibilityState === 'visible' ? null
  : new Promise(seen => document.addEventListener('visibilitychange', seen, { once: true }));

/** Follows an image until it is there; again for the next family on the same page. The paragraph after it holds the words. */
export function followCertificate(figure: HTMLElement): void {
  const image = figure.querySelector('img')!;
  const [caption, state] = [figure.querySelector('figcaption')!, figure.querySelector<HTMLElement>('[data-coming]')!];
  const missing = (state.dataset.missing ??= state.textContent!);
  let asking = false;
  const say = (words: string) => {
    [state.textContent, state.hidden] = [words, !words];
  };
  const show = () => {
    image.hidden = caption.hidden = false;
    say('');
  };
  const askAgain = async () => {
    if (asking)
      return;
    asking = true;
    image.hidden = caption.hidden = true;
    while (figure.isConnected) {
      await shown();
      const answer = await fetch(image.src).catch(() => null);
      await answer?.arrayBuffer().catch(() => null); // an answer that is not read holds its connection
      if (answer?.ok)
        break;
      const seconds = Number(answer?.headers.get('Retry-After')) || NETWORK_AWAY;
      say(answer?.headers.has('Retry-After') ? state.dataset.later!.replace('{0}', `${seconds}`) : missing);
      if (answer && !answer.headers.has('Retry-After')) // withdrawn, for instance
        return;
      await new Promise(over => setTimeout(over, seconds * 1000));
    }
    asking = false;
    image.src = `${image.src}`; // asks whether it holds, and has it
  };
  show(); // its place is kept while it comes
  image.onload = show;
  image.onerror = () => void askAgain();
  if (image.complete && image.naturalWidth === 0 && image.loading !== 'lazy')
    void askAgain();
  setTimeout(() => {
    if (!image.complete && !asking)
      say(state.dataset.coming!);
  }, SLOW);
}
