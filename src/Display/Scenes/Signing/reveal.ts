import { easeOut, mayMove } from '../../Sea/motion';
import type { Sea } from '../../Sea/sea';
import type { Code } from '../../Stage/code';

// Milliseconds from the end of the countdown: the ring breathes in, nothing moves, the lifebuoy falls; then, from its splash, the
// number rises, its words follow, and the code and the classes come back.
const breath = 900;
const stillness = 700;
const words = 2100;
const alone = 7000;
const parting = 450;
const rising = 2400;
const buoySize = 22; // units
/** A screen that comes later than this shows the count at once. */
const late = 2500;

/** The count is revealed: it comes up out of the sea into which the lifebuoy has fallen. */
export class Reveal {
  private began: number | null = null;
  private timers: ReturnType<typeof setTimeout>[] = [];
  private fading: Animation | undefined;

  constructor(
    private readonly section: HTMLElement, private readonly sea: Sea, private readonly code: Code, private readonly chime: () => void,
  ) {}

  /** @param began When the countdown was over, by the server's clock; null where none was. */
  show(began: number | null, now: number) {
    if (began !== null && began === this.began) return;
    this.stop();
    this.began = began;
    const elapsed = began === null ? Infinity : now - began;
    if (elapsed > late || !this.sea.moves || !mayMove()) return this.settle();
    const { section, sea } = this;
    const level = sea.level;
    section.dataset.phase = 'breath';
    sea.showRing();
    sea.calm(0.25);
    sea.riseTo(level - 0.05, 1100);
    this.fade();
    this.after(breath + stillness - elapsed, () => sea.dropBuoy(buoySize, () => this.rise()));
  }

  /** The count may be read at once. */
  stop() {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers = [];
    this.fading?.cancel(); // it fills forwards: the code would stay unseen in every scene after this one
    this.began = null;
    delete this.section.dataset.phase;
  }

  private rise() {
    const { section, sea, code } = this;
    sea.riseToRest(rising, easeOut);
    this.chime();
    code.put('none');
    section.dataset.phase = 'rise';
    const upwards = [{ transform: 'translateY(56vh)' }, { transform: 'none' }];
    section.querySelector('.count')?.animate(upwards, { duration: rising, easing: 'cubic-bezier(.4,.1,.15,1)' });
    this.after(words, () => {
      section.dataset.phase = 'alone';
    });
    // They fade where they stand and come up beside the code, which follows them: nothing crosses anything.
    this.after(alone, () => {
      section.dataset.phase = 'parting';
    });
    this.after(alone + parting, () => {
      this.settle();
      document.querySelector('.scan')?.animate([{ opacity: 0 }, { opacity: 0 }, { opacity: 1 }], 1800);
    });
  }

  /** The count beside the code, over the classes. */
  private settle() {
    delete this.section.dataset.phase;
    this.code.put('sheet');
    this.sea.calm(1);
    this.sea.riseToRest();
    this.sea.hideBuoy();
  }

  private fade() {
    const plate = document.querySelector('.scan');
    const away = [{ opacity: 1 }, { opacity: 0 }];
    this.fading = plate?.animate(away, { duration: breath, fill: 'forwards', easing: 'cubic-bezier(.65,0,.35,1)' });
    this.after(breath + stillness + 700, () => this.fading?.cancel());
  }

  private after(ms: number, then: () => void) {
    this.timers.push(setTimeout(then, Math.max(0, ms)));
  }
}
