import { beatsBetween, type Beat } from './metronome';

/** Milliseconds between two looks ahead, and how far each looks: a busy page that looks late still misses no beat. */
const look = 100;
const ahead = 400;

// Hertz and seconds.
const pitch: Record<Beat['kind'], number> = { ready: 660, press: 880, breathe: 440 };
const length: Record<Beat['kind'], number> = { ready: 0.12, press: 0.06, breathe: 1 };

/**
 * Makes the beats heard. Scripts wake late, so each beat is handed to the sound card beforehand with its exact moment,
 * reckoned from the same clock as what is seen.
 */
export class Ticks {
  private readonly loudness: GainNode;
  private readonly timer: ReturnType<typeof setInterval>;
  private handedOver: number;
  /** The practice's beginning on the sound card's clock, in seconds. */
  private start: number | undefined;

  /** @param elapsed Milliseconds since the practice was started. */
  constructor(readonly audio: AudioContext, private readonly elapsed: () => number, private readonly beatsPerMinute: number) {
    this.loudness = audio.createGain();
    this.loudness.connect(audio.destination);
    this.handedOver = elapsed();
    this.timer = setInterval(() => this.handOver(), look);
    this.handOver();
  }

  /** 0 to 100. */
  set volume(volume: number) {
    this.loudness.gain.value = volume / 100;
  }

  /** At once, with what was handed over already. */
  stop() {
    clearInterval(this.timer);
    this.loudness.disconnect();
  }

  private handOver() {
    const elapsed = this.elapsed();
    const start = heardNow(this.audio) - elapsed / 1000;
    // The audio clock and the page's clock drift apart slowly, and one reading is some milliseconds wrong: correct in
    // steps too small to hear.
    this.start = this.start === undefined || Math.abs(start - this.start) > 0.05 ? start : this.start + (start - this.start) / 8;
    const until = elapsed + ahead;
    for (const beat of beatsBetween(this.handedOver, until, this.beatsPerMinute)) this.sound(beat, this.start + beat.at / 1000);
    this.handedOver = Math.max(this.handedOver, until);
  }

  private sound(beat: Beat, at: number) {
    if (at < this.audio.currentTime) return; // too late to be on the beat
    const tone = this.audio.createOscillator();
    const envelope = this.audio.createGain();
    const end = at + length[beat.kind];
    // The first compression and every tenth are higher: one hears how far it is.
    tone.frequency.value = pitch[beat.kind] * (beat.kind === 'press' && beat.number % 10 === 1 ? 1.5 : 1);
    envelope.gain.setValueAtTime(0, at);
    envelope.gain.linearRampToValueAtTime(1, at + 0.004);
    envelope.gain.exponentialRampToValueAtTime(0.001, end);
    tone.connect(envelope).connect(this.loudness);
    tone.start(at);
    tone.stop(end);
  }
}

/** The moment of the sound card's clock that is heard now: what is handed over sounds a little later. */
function heardNow(audio: AudioContext): number {
  const { contextTime = 0, performanceTime = 0 } = audio.getOutputTimestamp?.() ?? {};
  return performanceTime > 0 ? contextTime + (performance.now() - performanceTime) / 1000 : audio.currentTime - (audio.outputLatency || 0);
}
