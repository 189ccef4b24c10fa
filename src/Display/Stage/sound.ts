/**
 * Sound on this machine: only when the host turns it on, and after a key or a click at the machine, which browsers require. Until then
 * films and the metronome run without sound, and the host is told (`blocked`).
 */
export class Sound {
  private audio: AudioContext | undefined;
  private isWanted = false;

  /** @param onUnblocked Called when the browser allows sound. */
  constructor(private readonly onUnblocked: () => void) {
    for (const touch of ['keydown', 'pointerdown']) addEventListener(touch, () => this.blocked && this.resume());
  }

  /** Null while sound is off or blocked. */
  get context(): AudioContext | null {
    return this.isWanted && this.audio?.state === 'running' ? this.audio : null;
  }

  /** The host has turned sound on and the browser does not allow it. */
  get blocked(): boolean {
    return this.isWanted && !this.context;
  }

  setWanted(isWanted: boolean) {
    if (isWanted === this.isWanted) return;
    this.isWanted = isWanted;
    if (isWanted) this.resume();
    else void this.audio?.suspend();
  }

  private resume() {
    this.audio ??= new AudioContext();
    // Before the first user gesture the promise stays pending.
    this.audio.resume().then(() => this.onUnblocked(), () => {});
  }
}
