import { mayMove } from '../../Stage/number';
import type { OpenRoom } from '../../Stage/rooms';
import type { StageScene } from '../../Stage/tally';
import { beatAt, type Beat } from './metronome';

/** The disc goes down at once with a compression and comes up again; a breath lifts it slowly, as it lifts a chest. */
const moves: Record<Beat['kind'], Keyframe[]> = {
  ready: [{ transform: 'scale(1.08)' }, { transform: 'scale(1)' }],
  press: [{ transform: 'scale(.84)' }, { transform: 'scale(1)' }],
  breathe: [{ transform: 'scale(.84)' }, { transform: 'scale(1.08)', offset: 0.45 }, { transform: 'scale(.84)' }],
};

/** CPR practice: the beat to see and hear, by the server's clock, and the group whose turn it is. */
export const openCpr: OpenRoom = (section, { clock }) => {
  const dial = section.querySelector<HTMLElement>('.dial')!;
  const disc = dial.querySelector<HTMLElement>('.dial-disc')!;
  const marks = dial.querySelector('.lit')!;
  const group = section.querySelector<HTMLElement>('.cpr-group');
  const beatsPerMinute = Number(dial.dataset.beatsPerMinute);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let move: Animation | undefined;

  const write = (kind: Beat['kind'] | 'rest', count: string, lit: number) => {
    dial.dataset.beat = kind;
    dial.querySelector('b')!.textContent = count;
    dial.querySelector('span')!.textContent = dial.dataset[kind]!;
    marks.setAttribute('stroke-dasharray', `${'.7 .3 '.repeat(lit)}0 30`);
    for (const part of section.querySelectorAll<HTMLElement>('[data-for]')) part.toggleAttribute('data-now', part.dataset.for === kind);
  };

  const stand = () => {
    clearTimeout(timer);
    move?.cancel();
    write('rest', '30:2', 0);
  };

  const run = (scene: StageScene) => {
    const elapsed = () => scene.position + clock.now() - scene.now;
    const next = () => {
      const now = elapsed();
      const beat = beatAt(now, beatsPerMinute);
      write(beat.kind, String(beat.number), beat.kind === 'press' ? beat.number : beat.kind === 'breathe' ? 30 : 0);
      move?.cancel();
      if (mayMove()) {
        move = disc.animate(moves[beat.kind], { duration: beat.until - beat.at, easing: 'ease-out' });
        move.currentTime = now - beat.at;
      }
      timer = setTimeout(next, beat.until - elapsed() + 1); // a timer may ring a little early, and would find the beat of before
    };
    clearTimeout(timer);
    next();
  };

  return {
    show(scene) {
      if (group) group.textContent = group.dataset.words!.replace('{0}', String(scene.step + 1));
      if (scene.running) run(scene);
      else stand();
    },
    leave: stand,
  };
};
