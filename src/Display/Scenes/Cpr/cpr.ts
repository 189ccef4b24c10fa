import { mayMove } from '../../Sea/motion';
import type { OpenScene } from '../../Stage/scene-view';
import type { StageScene } from '../../Stage/tally';
import { beatAt, compressionsInRound, type Beat } from './metronome';
import { Ticks } from './ticks';

/** The disc shrinks at once with a compression and grows back; a breath grows it slowly, like a chest. */
const keyframes: Record<Beat['kind'], Keyframe[]> = {
  ready: [{ transform: 'scale(1.08)' }, { transform: 'scale(1)' }],
  press: [{ transform: 'scale(.84)' }, { transform: 'scale(1)' }],
  breathe: [{ transform: 'scale(.84)' }, { transform: 'scale(1.08)', offset: 0.45 }, { transform: 'scale(.84)' }],
};

/** At rest: the frames of a beat, their length in beats and the disc's transform. */
const pulses = [{ beats: 0.35, disc: 'scale(.975)' }, { beats: 0.35, disc: 'scale(.975)' }, { beats: 0.3, disc: '' }];

/** CPR practice: the metronome by the server's clock, and the group whose turn it is. */
export const open: OpenScene = (section, { clock, sound, sea }) => {
  const dial = section.querySelector<HTMLElement>('.dial')!;
  const disc = dial.querySelector<HTMLElement>('.dial-disc')!;
  const marks = dial.querySelector('.lit')!;
  const group = section.querySelector<HTMLElement>('.cpr-group');
  const beatsPerMinute = Number(dial.dataset.beatsPerMinute);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let animation: Animation | undefined;
  let ticks: Ticks | undefined;
  /** The scene whose metronome runs. */
  let activeScene: StageScene | undefined;

  const showBeat = (kind: Beat['kind'] | 'rest', count: string, lit: number) => {
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
    animation?.cancel();
    ticks?.stop();
    ticks = undefined;
    activeScene = undefined;
  };

  const showRest = () => {
    stop();
    showBeat('rest', '30:2', 0);
  };

  /**
   * Before it starts: a faint pulse at the true pace, in few frames, each drawn together with the sea. By a timer: a CSS animation, even
   * one with few steps, makes the browser produce sixty frames a second.
   */
  const pulseAtRest = (index = 0) => {
    const wait = pulses[index]!.beats * 60_000 / beatsPerMinute;
    disc.style.transform = mayMove() ? pulses[index]!.disc : '';
    sea.drawNow(2 * wait); // the next pulse comes before that
    timer = setTimeout(() => pulseAtRest((index + 1) % pulses.length), wait);
  };

  const runBeat = (scene: StageScene) => {
    const now = elapsed(scene);
    const { kind, number, at, until } = beatAt(now, beatsPerMinute);
    showBeat(kind, String(number), kind === 'press' ? number : kind === 'breathe' ? compressionsInRound : 0);
    animation?.cancel();
    if (mayMove()) {
      animation = disc.animate(keyframes[kind], { duration: until - at, easing: 'ease-out' });
      animation.currentTime = now - at;
    }
    timer = setTimeout(() => runBeat(scene), until - elapsed(scene) + 1); // +1: a timer may fire early, and would show the previous beat
  };

  return {
    show(scene) {
      if (group) group.textContent = group.dataset.words!.replace('{0}', String(scene.step + 1));
      if (!scene.running) {
        showRest();
        return pulseAtRest();
      }
      const isUnchanged = activeScene && Math.abs(elapsed(scene) - elapsed(activeScene)) < 50
        && ticks?.audio === (sound.context ?? undefined);
      if (!isUnchanged) {
        stop();
        activeScene = scene;
        runBeat(scene);
        if (sound.context) ticks = new Ticks(sound.context, () => elapsed(scene), beatsPerMinute);
      }
      if (ticks) ticks.volume = scene.volume;
    },
    leave: showRest,
  };
};
