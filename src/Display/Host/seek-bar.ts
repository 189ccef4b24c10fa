import { formatMinutes, secondsOf } from './clocks';

/** Loads the film's metadata alone, for its duration. */
const probe = document.createElement('video');
probe.preload = 'metadata';
probe.muted = true;

/** The bar that is being dragged: it is not moved meanwhile. A poll may replace it. */
let draggedBar: HTMLInputElement | null = null;

/** Sets the bar to the film's position; hidden until the film's duration is known, and without a film. */
export function updateSeekBar(root: HTMLElement): void {
  const row = root.querySelector<HTMLElement>('[data-film]');
  const address = row?.dataset.film;
  if (!row || !address) return;
  if (probe.getAttribute('src') !== address) probe.src = address;
  row.hidden = !(probe.duration > 0 && probe.duration < Infinity);
  const bar = row.querySelector('input')!;
  if (row.hidden || draggedBar === bar) return;
  bar.max = String(Math.floor(probe.duration));
  bar.value = String(secondsOf(root.querySelector('.clock')?.textContent ?? ''));
  showPosition(bar);
}

/** Shows the position while the bar is dragged, and seeks when it is released. */
export function initSeekBar(root: HTMLElement, onSeek: (button: HTMLButtonElement) => void): void {
  const barOf = (event: Event) => event.target instanceof HTMLInputElement && event.target.id === 'seek' ? event.target : null;
  root.addEventListener('input', event => {
    const bar = barOf(event);
    if (!bar) return;
    draggedBar = bar;
    showPosition(bar);
  });
  root.addEventListener('change', event => {
    const bar = barOf(event);
    if (!bar) return;
    draggedBar = null;
    const button = bar.parentElement!.querySelector('button')!;
    button.formAction = button.formAction.replace(/ms=\d+/, `ms=${Number(bar.value) * 1000}`);
    onSeek(button);
  });
}

function showPosition(bar: HTMLInputElement): void {
  const text = `${formatMinutes(Number(bar.value))} / ${formatMinutes(Number(bar.max))}`;
  bar.setAttribute('aria-valuetext', text);
  bar.parentElement!.querySelector('output')!.textContent = text;
}
