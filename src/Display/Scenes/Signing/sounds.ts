// Hertz and seconds: three notes one after the other.
const notes = [392, 587.3, 784];
const apart = 0.16;
const ringing = 3.2;

/** What a hall hears, where the host has turned sound on: a soft swell under the countdown, a chime at the reveal. */
export class Sounds {
  private sea: { audio: AudioContext; loudness: GainNode; stop(): void } | null = null;

  /** @param volume 0 to 100. */
  chime(audio: AudioContext | null, volume: number) {
    if (!audio) return;
    notes.forEach((pitch, i) => {
      const [tone, envelope] = [audio.createOscillator(), audio.createGain()];
      const at = audio.currentTime + i * apart;
      tone.frequency.value = pitch;
      envelope.gain.setValueAtTime(0, at);
      envelope.gain.linearRampToValueAtTime(0.3 * volume / 100, at + 0.02);
      envelope.gain.exponentialRampToValueAtTime(0.0008, at + ringing);
      tone.connect(envelope).connect(audio.destination);
      tone.start(at);
      tone.stop(at + ringing + 0.1);
    });
  }

  /** Noise like the sea, from afar, coming and going every nine seconds. */
  swell(audio: AudioContext | null, on: boolean, volume: number) {
    if (!audio || !on || this.sea?.audio !== audio) {
      this.sea?.stop();
      this.sea = null;
    }
    if (!audio || !on) return;
    this.sea ??= startSea(audio);
    this.sea.loudness.gain.value = volume / 100;
  }
}

function startSea(audio: AudioContext) {
  const noise = audio.createBufferSource();
  noise.buffer = noiseOf(audio);
  noise.loop = true;
  const [muffled, waves, loudness] = [audio.createBiquadFilter(), audio.createGain(), audio.createGain()];
  muffled.type = 'lowpass';
  muffled.frequency.value = 320;
  waves.gain.value = 0.1;
  const [coming, height] = [audio.createOscillator(), audio.createGain()];
  coming.frequency.value = 0.11;
  height.gain.value = 0.07;
  coming.connect(height).connect(waves.gain);
  noise.connect(muffled).connect(waves).connect(loudness).connect(audio.destination);
  noise.start();
  coming.start();
  return {
    audio, loudness,
    stop() {
      noise.stop();
      coming.stop();
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
