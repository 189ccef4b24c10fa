import { minutes, secondsOf } from './ticking';

/** A film as the host's phone knows it: only its head is fetched, for its length. */
const head = document.createElement('video');
head.preload = 'metadata';
head.muted = true;

/** The bar that is being drawn, which stays where it is put; the server may meanwhile have put in another. */
let held: HTMLInputElement | null = null;

/** Moves the bar to where the film is, once the film's length is known; until then, and without a film, there is no bar. */
export function follow(within: HTMLElement): void {
  const row = within.querySelector<HTMLElement>('[data-film]');
  const address = row?.dataset.film;
  if (!row || !address) return;
  if (head.getAttribute('src') !== address) head.src = address;
  row.hidden = !(head.duration > 0 && head.duration < Infinity);
  const bar = row.querySelector('input')!;
  if (row.hidden || held === bar) return;
  bar.max = String(Math.floor(head.duration));
  bar.value = String(secondsOf(within.querySelector('.clock')?.textContent ?? ''));
  say(bar);
}

/** While it is drawn, the bar says where the film would go on. */
export function listen(within: HTMLElement, seek: (button: HTMLButtonElement) => void): void {
  const barOf = (event: Event) => event.target instanceof HTMLInputElement && event.target.id === 'seek' ? event.target : null;
  within.addEventListener('input', event => {
    const bar = barOf(event);
    if (!bar) return;
    held = bar;
    say(bar);
  });
  within.addEventListener('change', event => {
    const bar = barOf(event);
    if (!bar) return;
    held = null;
    const button = bar.parentElement!.querySelector('button')!;
    button.formAction = button.formAction.replace(/ms=\d+/, `ms=${Number(bar.value) * 1000}`);
    seek(button);
  });
}

function say(bar: HTMLInputElement): void {
  const words = `${minutes(Number(bar.value))} / ${minutes(Number(bar.max))}`;
  bar.setAttribute('aria-valuetext', words);
  bar.parentElement!.querySelector('output')!.textContent = words;
}
