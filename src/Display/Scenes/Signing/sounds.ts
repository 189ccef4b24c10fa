// Hertz and seconds: three notes one after the other.
const notes = [392, 587.3, 784];
const noteInterval = 0.16;
const noteLength = 3.2;

/** Sounds, where the host has turned them on: a soft swell during the countdown, a chime at the reveal. */
export class Sounds {
  private sea: { audio: AudioContext; loudness: GainNode; stop(): void } | null = null;

  /** @param volume 0 to 100. */
  chime(audio: AudioContext | null, volume: number) {
    if (!audio) return;
    notes.forEach((pitch, i) => {
      const [tone, envelope] = [audio.createOscillator(), audio.createGain()];
      const at = audio.currentTime + i * noteInterval;
      tone.frequency.value = pitch;
      envelope.gain.setValueAtTime(0, at);
      envelope.gain.linearRampToValueAtTime(0.3 * volume / 100, at + 0.02);
      envelope.gain.exponentialRampToValueAtTime(0.0008, at + noteLength);
      tone.connect(envelope).connect(audio.destination);
      tone.start(at);
      tone.stop(at + noteLength + 0.1);
    });
  }

  /** Filtered noise whose volume changes with a period of nine seconds. */
  setSwell(audio: AudioContext | null, isOn: boolean, volume: number) {
    if (!audio || !isOn || this.sea?.audio !== audio) {
      this.sea?.stop();
      this.sea = null;
    }
    if (!audio || !isOn) return;
    this.sea ??= startSea(audio);
    this.sea.loudness.gain.value = volume / 100;
  }
}

function startSea(audio: AudioContext) {
  const noise = audio.createBufferSource();
  noise.buffer = noiseOf(audio);
  noise.loop = true;
  const [filter, swellGain, loudness] = [audio.createBiquadFilter(), audio.createGain(), audio.createGain()];
  filter.type = 'lowpass';
  filter.frequency.value = 320;
  swellGain.gain.value = 0.1;
  const [swellOscillator, swellDepth] = [audio.createOscillator(), audio.createGain()];
  swellOscillator.frequency.value = 0.11;
  swellDepth.gain.value = 0.07;
  swellOscillator.connect(swellDepth).connect(swellGain.gain);
  noise.connect(filter).connect(swellGain).connect(loudness).connect(audio.destination);
  noise.start();
  swellOscillator.start();
  return {
    audio, loudness,
    stop() {
      noise.stop();
      swellOscillator.stop();
      loudness.disconnect();
    },
  };
}

function noiseOf(audio: AudioContext): AudioBuffer {
  const buffer = audio.createBuffer(1, audio.sampleRate * 4, audio.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < samples.length; i++) samples[i] = Math.random() * 2 - 1;
  return buffer;
}
