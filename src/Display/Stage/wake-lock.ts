const frameInterval = 5000; // ms

/**
 * Keeps the screen on. Browsers grant a wake lock on HTTPS only; elsewhere a playing video keeps the screen on in some of them (Chromium
 * asks that it covers a fifth of the page), and the host is told (`maySleep`).
 */
export class WakeLock {
  private lock: WakeLockSentinel | null = null;
  private video: HTMLVideoElement | null = null;

  /** @param onChange Called when the browser has granted or refused the lock. */
  constructor(private readonly onChange: () => void) {
    void this.acquire();
    document.addEventListener('visibilitychange', () => void this.acquire()); // a hidden page loses its lock
  }

  /** Whether the screen may be switched off. */
  get maySleep(): boolean {
    return this.lock === null || this.lock.released;
  }

  private async acquire() {
    if (document.hidden || !this.maySleep) return;
    try {
      this.lock = await navigator.wakeLock.request('screen');
    } catch {
      this.video ??= playStillVideo(); // also where navigator.wakeLock does not exist
    }
    this.onChange();
  }
}

/** A muted video of a still picture, hidden behind the page. */
function playStillVideo(): HTMLVideoElement {
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
  setInterval(paint, frameInterval); // without new frames browsers treat the stream as stopped
  void video.play().catch(() => {});
  return video;
}
