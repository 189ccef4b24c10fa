import { easeOut, mayMove } from '../../Sea/motion';
import type { Sea } from '../../Sea/sea';
import type { Code } from '../../Stage/code';

// Milliseconds. After the countdown: `breathTime`, in which the code fades out, then `stillTime` without motion, then the lifebuoy falls.
// After its splash: the number rises for `riseTime`, its words appear at `wordsAt`, and at `aloneUntil` the code and the classes come back.
const breathTime = 900;
const stillTime = 700;
const wordsAt = 2100;
const aloneUntil = 7000;
const fadeTime = 450;
const riseTime = 2400;
const buoySize = 22; // units
/** A screen that is later than this shows the count without the animation. */
const maxDelay = 2500;

/** The reveal of the count: it rises out of the sea after the lifebuoy has fallen in. */
export class Reveal {
  private began: number | null = null;
  private timers: ReturnType<typeof setTimeout>[] = [];
  private codeAnimation: Animation | undefined;

  constructor(
    private readonly section: HTMLElement, private readonly sea: Sea, private readonly code: Code, private readonly chime: () => void,
  ) {}

  /** @param began When the countdown was over, by the server's clock; null where none was. */
  show(began: number | null, now: number) {
    if (began !== null && began === this.began) return;
    this.stop();
    this.began = began;
    const elapsed = began === null ? Infinity : now - began;
    if (elapsed > maxDelay || !this.sea.isAnimated || !mayMove()) return this.finish();
    const { section, sea } = this;
    const level = sea.level;
    section.dataset.phase = 'breath';
    sea.showRing();
    sea.calm(0.25);
    sea.riseTo(level - 0.05, 1100);
    this.fadeCode();
    this.after(breathTime + stillTime - elapsed, () => sea.dropBuoy(buoySize, () => this.rise()));
  }

  /** Ends the animation. */
  stop() {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers = [];
    this.codeAnimation?.cancel(); // it fills forwards: the code would stay hidden in all later scenes
    this.began = null;
    delete this.section.dataset.phase;
  }

  private rise() {
    const { section, sea, code } = this;
    sea.riseToRest(riseTime, easeOut);
    this.chime();
    code.put('none');
    section.dataset.phase = 'rise';
    const upwards = [{ transform: 'translateY(56vh)' }, { transform: 'none' }];
    section.querySelector('.count')?.animate(upwards, { duration: riseTime, easing: 'cubic-bezier(.4,.1,.15,1)' });
    this.after(wordsAt, () => {
      section.dataset.phase = 'alone';
    });
    // The count fades out, then fades in beside the code, so that nothing crosses.
    this.after(aloneUntil, () => {
      section.dataset.phase = 'parting';
    });
    this.after(aloneUntil + fadeTime, () => {
      this.finish();
      document.querySelector('.scan')?.animate([{ opacity: 0 }, { opacity: 0 }, { opacity: 1 }], 1800);
    });
  }

  /** The final state: the count beside the code, above the classes. */
  private finish() {
    delete this.section.dataset.phase;
    this.code.put('sheet');
    this.sea.calm(1);
    this.sea.riseToRest();
    this.sea.hideBuoy();
  }

  private fadeCode() {
    const plate = document.querySelector('.scan');
    const fadeOut = [{ opacity: 1 }, { opacity: 0 }];
    this.codeAnimation = plate?.animate(fadeOut, { duration: breathTime, fill: 'forwards', easing: 'cubic-bezier(.65,0,.35,1)' });
    this.after(breathTime + stillTime + 700, () => this.codeAnimation?.cancel());
  }

  private after(ms: number, then: () => void) {
    this.timers.push(setTimeout(then, Math.max(0, ms)));
  }
}
