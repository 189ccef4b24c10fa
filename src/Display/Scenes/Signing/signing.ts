import { easeOut } from '../../Sea/motion';
import { showNames } from '../../Stage/names';
import { GlidingNumber } from '../../Stage/number';
import type { OpenScene } from '../../Stage/scene-view';
import type { StageScene, Tally } from '../../Stage/tally';
import { breathAt, levelAt, ringAt, ringMoves, secondsLeft, type Countdown } from './countdown';
import { Reveal } from './reveal';
import { Sounds } from './sounds';
import { Vessels } from './vessels';

const largeCodeTime = 15_000; // ms at the beginning of "sign now"
const plateClearWidth = 70; // units without drops: the code and its ring
const countClearWidth = 10; // units without drops where the count is shown
const defaultExpected = 60; // families, where no class's size is known

/** The code and the count; while the count is held, the countdown and the drops; then the reveal. */
export const open: OpenScene = (section, { clock, sound, sea, code }) => {
  const state = section.querySelector<HTMLElement>('.signing-state')!;
  const people = GlidingNumber.of(section, 'people');
  const families = GlidingNumber.of(section, 'families');
  const names = section.querySelector<HTMLElement>('.names');
  const seconds = section.querySelector<HTMLElement>('.seconds');
  const vessels = new Vessels(section, clock);
  const sounds = new Sounds();
  const reveal = new Reveal(section, sea, code, () => sounds.chime(sound.context, activeScene?.volume ?? 0));
  let activeScene: StageScene | undefined;
  let current: Tally | undefined;
  let countdown: Countdown | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasOnPlate = false;
  const onResize = () => vessels.arrange();
  addEventListener('resize', onResize);

  const expectedFamilies = () => {
    const known = current!.byClass.reduce((sum, group) => sum + (group.expected ?? 0), 0);
    return known || defaultExpected;
  };

  /** Whether the code is in the lifebuoy: while the count is held, and as long as nobody has signed. */
  const isOnPlate = () => activeScene !== undefined && (activeScene.held !== null
    || current?.people === 0 && !code.isClosed && (activeScene.state === 'open' || activeScene.state === 'rehearsal'));

  /** Updates the ring, the large code and the text for screen readers, each second. */
  const tick = () => {
    clearTimeout(timer);
    if (!isOnPlate()) return;
    const now = clock.now();
    const running = countdown;
    sea.showRing(running ? at => ({
      share: ringAt(running, at), scale: sea.isAnimated ? breathAt(running, at) : 1, moves: ringMoves(running, at),
    }) : undefined);
    code.enlarge({ signNow: countdown !== null && now - countdown.from < largeCodeTime && now < countdown.until });
    if (seconds && countdown) seconds.firstElementChild!.textContent =
      (seconds.firstElementChild as HTMLElement).dataset.words!.replace('{0}', String(secondsLeft(countdown.until, now)));
    if (!countdown || now > countdown.until) return;
    timer = setTimeout(tick, 1000 - (now - countdown.from) % 1000);
  };

  /** Sets the level during the countdown, from the current counts, so that all projectors agree, also after a reload. */
  const raiseSea = () => {
    if (activeScene && current && isOnPlate())
      sea.riseTo(levelAt(activeScene.held ? current.families - activeScene.held.families : 0, expectedFamilies()), 700, easeOut);
  };

  const arrange = (scene: StageScene) => {
    countdown = scene.signingUntil === null ? null : { from: scene.now - scene.position, until: scene.signingUntil };
    wasOnPlate = isOnPlate();
    if (state.dataset.mode !== 'draft') state.dataset.mode = wasOnPlate ? 'held' : 'count';
    if (seconds) seconds.hidden = countdown === null;
    sounds.setSwell(sound.context, countdown !== null, scene.volume);
    clearTimeout(timer);
    if (wasOnPlate) {
      reveal.stop();
      code.put('plate');
      tick();
      raiseSea();
      return;
    }
    code.enlarge({ signNow: false });
    reveal.show(scene.together && scene.running ? scene.now - scene.position : null, clock.now());
  };

  return {
    dispose: () => removeEventListener('resize', onResize),
    show(scene) {
      activeScene = scene;
      showNames(names, scene.names);
      vessels.start();
      arrange(scene);
    },
    leave() {
      activeScene = undefined;
      clearTimeout(timer);
      vessels.stop();
      reveal.stop();
      sounds.setSwell(null, false, 0);
      code.enlarge({ signNow: false });
    },
    tally(shown, now) {
      const arrived = current ? now.families - current.families || (now.people > current.people ? 1 : 0) : 0;
      current = now;
      vessels.fill(shown);
      people?.show(shown.people);
      families?.show(shown.families);
      for (const part of section.querySelectorAll<HTMLElement>('.count, .caption'))
        part.hidden = state.dataset.mode !== 'draft' && shown.people === 0;
      if (!activeScene) return;
      if (arrived > 0) sea.drop(arrived, activeScene.held ? plateClearWidth : countClearWidth);
      if (wasOnPlate !== isOnPlate()) arrange(activeScene);
      raiseSea();
    },
  };
};
