import { mayMove } from '../../Sea/motion';
import type { OpenScene } from '../../Stage/scene-view';
import type { StageScene } from '../../Stage/tally';
import { beatAt, compressionsInRound, type Beat } from './metronome';
import { Ticks } from './ticks';

/** The disc goes down at once with a compression and comes up again; a breath lifts it slowly, as it lifts a chest. */
const moves: Record<Beat['kind'], Keyframe[]> = {
  ready: [{ transform: 'scale(1.08)' }, { transform: 'scale(1)' }],
  press: [{ transform: 'scale(.84)' }, { transform: 'scale(1)' }],
  breathe: [{ transform: 'scale(.84)' }, { transform: 'scale(1.08)', offset: 0.45 }, { transform: 'scale(.84)' }],
};

/** At rest: how long each picture of a beat stands, and the disc in it. */
const pulses = [{ beats: 0.35, disc: 'scale(.975)' }, { beats: 0.35, disc: 'scale(.975)' }, { beats: 0.3, disc: '' }];

/** CPR practice: the beat to see and hear, by the server's clock, and the group whose turn it is. */
export const open: OpenScene = (section, { clock, sound, sea }) => {
  const dial = section.querySelector<HTMLElement>('.dial')!;
  const disc = dial.querySelector<HTMLElement>('.dial-disc')!;
  const marks = dial.querySelector('.lit')!;
  const group = section.querySelector<HTMLElement>('.cpr-group');
  const beatsPerMinute = Number(dial.dataset.beatsPerMinute);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let move: Animation | undefined;
  let ticks: Ticks | undefined;
  /** What is being beaten. */
  let on: StageScene | undefined;

  const write = (kind: Beat['kind'] | 'rest', count: string, lit: number) => {
    dial.dataset.beat = kind;
    dial.querySelector('b')!.textContent = count;
    dial.querySelector('span')!.textContent = dial.dataset[kind]!;
    marks.setAttribute('stroke-dasharray', `${'.7 .3 '.repeat(lit)}0 30`);
    for (const part of section.querySelectorAll<HTMLElement>('[data-for]')) part.toggleAttribute('data-now', part.dataset.for === kind);
  };

  /** Milliseconds since the practice was started. */
  const elapsed = (scene: StageScene) => scene.position + clock.now() - scene.now;

  const stop = () => {
    clearTimeout(timer);
    disc.style.transform = '';
    move?.cancel();
    ticks?.stop();
    ticks = undefined;
    on = undefined;
  };

  const stand = () => {
    stop();
    write('rest', '30:2', 0);
  };

  /**
   * Before it starts: faintly, at the true pace, by few pictures, each of which shows the sea as well. By a timer: an animation of the
   * style sheet, in however few steps, has the browser look for a new picture sixty times a second.
   */
  const pulse = (picture = 0) => {
    const wait = pulses[picture]!.beats * 60_000 / beatsPerMinute;
    disc.style.transform = mayMove() ? pulses[picture]!.disc : '';
    sea.drawWith(2 * wait); // the next one comes before that
    timer = setTimeout(() => pulse((picture + 1) % pulses.length), wait);
  };

  const beat = (scene: StageScene) => {
    const now = elapsed(scene);
    const { kind, number, at, until } = beatAt(now, beatsPerMinute);
    write(kind, String(number), kind === 'press' ? number : kind === 'breathe' ? compressionsInRound : 0);
    move?.cancel();
    if (mayMove()) {
      move = disc.animate(moves[kind], { duration: until - at, easing: 'ease-out' });
      move.currentTime = now - at;
    }
    timer = setTimeout(() => beat(scene), until - elapsed(scene) + 1); // +1: a timer may fire early, and would show the previous beat
  };

  return {
    show(scene) {
      if (group) group.textContent = group.dataset.words!.replace('{0}', String(scene.step + 1));
      if (!scene.running) {
        stand();
        return pulse();
      }
      const goesOn = on && Math.abs(elapsed(scene) - elapsed(on)) < 50 && ticks?.audio === (sound.context ?? undefined);
      if (!goesOn) {
        stop();
        on = scene;
        beat(scene);
        if (sound.context) ticks = new Ticks(sound.context, () => elapsed(scene), beatsPerMinute);
      }
      if (ticks) ticks.volume = scene.volume;
    },
    leave: stand,
  };
};
