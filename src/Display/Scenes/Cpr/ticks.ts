import { beatsBetween, type Beat } from './metronome';

/** Milliseconds: how often beats are scheduled, and how far ahead, so that a late timer misses no beat. */
const scheduleInterval = 100;
const lookahead = 400;

// Hertz and seconds.
const pitch: Record<Beat['kind'], number> = { ready: 660, press: 880, breathe: 440 };
const length: Record<Beat['kind'], number> = { ready: 0.12, press: 0.06, breathe: 1 };

/**
 * The sound of the metronome. Timers are late, so each beat is scheduled on the audio clock beforehand, at its time by the same clock as
 * the picture.
 */
export class Ticks {
  private readonly loudness: GainNode;
  private readonly timer: ReturnType<typeof setInterval>;
  private scheduledUntil: number;
  /** The start of the practice on the audio clock, in seconds. */
  private start: number | undefined;

  /** @param elapsed Milliseconds since the practice was started. */
  constructor(readonly audio: AudioContext, private readonly elapsed: () => number, private readonly beatsPerMinute: number) {
    this.loudness = audio.createGain();
    this.loudness.connect(audio.destination);
    this.scheduledUntil = elapsed();
    this.timer = setInterval(() => this.scheduleBeats(), scheduleInterval);
    this.scheduleBeats();
  }

  /** 0 to 100. */
  set volume(volume: number) {
    this.loudness.gain.value = volume / 100;
  }

  /** Stops at once, also the beats that are scheduled. */
  stop() {
    clearInterval(this.timer);
    this.loudness.disconnect();
  }

  private scheduleBeats() {
    const elapsed = this.elapsed();
    const start = audibleTime(this.audio) - elapsed / 1000;
    // The audio clock and the page's clock drift apart slowly, and one reading is some milliseconds wrong: correct in
    // steps too small to hear.
    this.start = this.start === undefined || Math.abs(start - this.start) > 0.05 ? start : this.start + (start - this.start) / 8;
    const until = elapsed + lookahead;
    for (const beat of beatsBetween(this.scheduledUntil, until, this.beatsPerMinute)) this.sound(beat, this.start + beat.at / 1000);
    this.scheduledUntil = Math.max(this.scheduledUntil, until);
  }

  private sound(beat: Beat, at: number) {
    if (at < this.audio.currentTime) return; // too late
    const tone = this.audio.createOscillator();
    const envelope = this.audio.createGain();
    const end = at + length[beat.kind];
    // The first of every ten compressions is higher, to hear the progress.
    tone.frequency.value = pitch[beat.kind] * (beat.kind === 'press' && beat.number % 10 === 1 ? 1.5 : 1);
    envelope.gain.setValueAtTime(0, at);
    envelope.gain.linearRampToValueAtTime(1, at + 0.004);
    envelope.gain.exponentialRampToValueAtTime(0.001, end);
    tone.connect(envelope).connect(this.loudness);
    tone.start(at);
    tone.stop(end);
  }
}

/** The time on the audio clock that is audible now: output has a latency. */
function audibleTime(audio: AudioContext): number {
  const { contextTime = 0, performanceTime = 0 } = audio.getOutputTimestamp?.() ?? {};
  return performanceTime > 0 ? contextTime + (performance.now() - performanceTime) / 1000 : audio.currentTime - (audio.outputLatency || 0);
}
