/** A reading of the server's clock: it was `offset` ahead of ours, give or take `uncertainty`. All in milliseconds. */
interface Reading { offset: number; uncertainty: number; at: number }

// Two quartz clocks drift apart by at most 100 ppm.
const maxDrift = 1e-4;
// A small error is corrected at 5% of the elapsed time, so that time never runs backwards and no beat is shown twice.
const correctionRate = 0.05;
const maxGradualCorrection = 1000; // ms

/**
 * The server's time, in milliseconds since 1970. Everything that moves on a stage is computed from it, so that all projectors agree, also
 * one that is opened late. The quickest answer is the most exact: its error is at most half of its round trip.
 */
export class Clock {
  private best: Reading | undefined;
  private offset = Date.now() - performance.now();
  private readAt = 0;

  /** @param ownTime This machine's monotonic time. */
  constructor(private readonly ownTime: () => number = () => performance.now()) {}

  get own(): number {
    return this.ownTime();
  }

  now(): number {
    const own = this.ownTime();
    const error = (this.best?.offset ?? this.offset) - this.offset;
    const step = Math.abs(error) > maxGradualCorrection ? Infinity : correctionRate * (own - this.readAt);
    this.offset += Math.max(-step, Math.min(step, error));
    this.readAt = own;
    return own + this.offset;
  }

  /** An answer that left the server at `serverTime`, to a request sent at our own time `requestedAt`. */
  answered(serverTime: number, requestedAt: number) {
    const at = this.ownTime();
    const uncertainty = (at - requestedAt) / 2;
    const reading = { offset: serverTime - at + uncertainty, uncertainty, at };
    const { best } = this;
    if (!best) {
      this.best = reading;
      this.offset = reading.offset;
      return;
    }
    const agedUncertainty = best.uncertainty + maxDrift * (at - best.at);
    // Where the two ranges do not overlap, a clock was set, or this machine was suspended.
    const hasJumped = Math.abs(reading.offset - best.offset) > agedUncertainty + uncertainty;
    if (hasJumped || uncertainty <= agedUncertainty) this.best = reading;
  }
}
