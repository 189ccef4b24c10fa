import type { OpenScene } from '../../Stage/scene-view';
import { leftUntil } from './countdown';

/** Shows the time until the beginning. */
export const open: OpenScene = (section, { clock }) => {
  const until = section.querySelector<HTMLElement>('.until')!;
  const [label, time] = [until.querySelector('span')!, until.querySelector('b')!];
  const words = until.dataset;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tick = () => {
    const left = leftUntil(Number(words.starts), clock.now(), Number(words.offset));
    const isCountingDown = typeof left === 'object' && 'clock' in left;
    label.textContent = isCountingDown ? words.in! : '';
    time.textContent = left === 'soon' ? words.soon! : 'clock' in left ? left.clock
      : left.days === 1 ? words.tomorrow! : words.days!.replace('{0}', String(left.days));
    until.toggleAttribute('data-words', !isCountingDown);
    // On the full second of the server's clock, so that all projectors change together.
    timer = setTimeout(tick, 1000 - (clock.now() % 1000));
  };
  const stop = () => clearTimeout(timer);
  return {
    show() {
      stop();
      tick();
    },
    leave: stop,
  };
};
