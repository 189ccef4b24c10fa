const betweenFrames = 5000; // ms

/**
 * A projector must not go dark because nobody touches the machine. Browsers grant a wake lock on HTTPS only; elsewhere a video that
 * plays keeps the screen on in some of them (Chromium asks that it covers a fifth of the page), and the host is told (`maySleep`).
 */
export class Awake {
  private lock: WakeLockSentinel | null = null;
  private video: HTMLVideoElement | null = null;

  /** @param changed Called when the browser has granted or refused. */
  constructor(private readonly changed: () => void) {
    void this.keep();
    document.addEventListener('visibilitychange', () => void this.keep()); // a hidden page loses its lock
  }

  /** Nothing keeps the screen on for certain. */
  get maySleep(): boolean {
    return this.lock === null || this.lock.released;
  }

  private async keep() {
    if (document.hidden || !this.maySleep) return;
    try {
      this.lock = await navigator.wakeLock.request('screen');
    } catch {
      this.video ??= play(); // also where navigator.wakeLock does not exist
    }
    this.changed();
  }
}

/** A still picture as a muted video behind the page, unseen. */
function play(): HTMLVideoElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 2;
  const context = canvas.getContext('2d')!;
  const video = document.createElement('video');
  video.className = 'awake';
  video.muted = video.playsInline = video.autoplay = true;
  video.setAttribute('aria-hidden', 'true');
  video.srcObject = canvas.captureStream();
  document.body.append(video);
  const paint = () => context.fillRect(0, 0, 2, 2);
  paint();
  setInterval(paint, betweenFrames); // a stream without new frames is taken for one that has stopped
  void video.play().catch(() => {});
  return video;
}
