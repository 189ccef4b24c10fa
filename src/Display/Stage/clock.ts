/** A reading of the server's clock: it was `offset` ahead of ours, give or take `doubt`. All in milliseconds. */
interface Reading { offset: number; doubt: number; at: number }

// Two quartz clocks differ by at most 100 ppm.
const parting = 1e-4;
// A small error is corrected at 5% of the elapsed time, so that time never runs backwards and no beat is shown twice.
const mending = 0.05;
const small = 1000; // ms

/**
 * The server's time, in milliseconds since 1970. Whatever moves on a stage is reckoned from it, so two projectors agree
 * and one that comes late falls in. The quickest answer tells the time best: it is as old as half its way at most.
 */
export class Clock {
  private best: Reading | undefined;
  private offset = Date.now() - performance.now();
  private toldAt = 0;

  /** @param mine This machine's own time, which only runs on. */
  constructor(private readonly mine: () => number = () => performance.now()) {}

  get own(): number {
    return this.mine();
  }

  now(): number {
    const mine = this.mine();
    const wrong = (this.best?.offset ?? this.offset) - this.offset;
    const step = Math.abs(wrong) > small ? Infinity : mending * (mine - this.toldAt);
    this.offset += Math.max(-step, Math.min(step, wrong));
    this.toldAt = mine;
    return mine + this.offset;
  }

  /** An answer that left the server at its time `told`, to a question put at our time `asked`. */
  answered(told: number, asked: number) {
    const at = this.mine();
    const doubt = (at - asked) / 2;
    const reading = { offset: told - at + doubt, doubt, at };
    const { best } = this;
    if (!best) {
      this.best = reading;
      this.offset = reading.offset;
      return;
    }
    const aged = best.doubt + parting * (at - best.at);
    // Where the two ranges do not overlap, a clock was set, or this machine was suspended.
    const jumped = Math.abs(reading.offset - best.offset) > aged + doubt;
    if (jumped || doubt <= aged) this.best = reading;
  }
}
