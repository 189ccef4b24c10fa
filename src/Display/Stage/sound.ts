/**
 * Sound on this machine: only by the host's act, and only where the browser allows it, which wants a key or a click at
 * the machine first. Until then films and the metronome run in silence, and the host is told (`blocked`).
 */
export class Sound {
  private audio: AudioContext | undefined;
  private wanted = false;

  /** @param changed Called when the browser lets the sound through. */
  constructor(private readonly changed: () => void) {
    for (const touch of ['keydown', 'pointerdown']) addEventListener(touch, () => this.blocked && this.resume());
  }

  /** What to make sounds with; null while there shall be silence, or must. */
  get context(): AudioContext | null {
    return this.wanted && this.audio?.state === 'running' ? this.audio : null;
  }

  /** The host wants sound and the browser does not. */
  get blocked(): boolean {
    return this.wanted && !this.context;
  }

  want(on: boolean) {
    if (on === this.wanted) return;
    this.wanted = on;
    if (on) this.resume();
    else void this.audio?.suspend();
  }

  private resume() {
    this.audio ??= new AudioContext();
    // Before the first user gesture the promise stays pending.
    this.audio.resume().then(() => this.changed(), () => {});
  }
}
