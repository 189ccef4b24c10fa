import type { Clock } from './clock';
import { pause } from './pause';
import { PollingRequests } from './polling';
import { Socket, type Pushes, type Shows } from './socket';
import type { StageNow } from './tally';

export interface Listener extends Pushes {
  /** The whole answer to a question: both belong together. */
  now(now: StageNow): void;
  /** What the host is to know of this stage; null of a picture of one. */
  shows(): Shows | null;
  /** Whether what the stage shows can be the current state. */
  line(up: boolean): void;
  /** A message told of something newer than what is known. */
  readonly isBehind: boolean;
}

// Milliseconds. The server says something at least every second.
const silence = 1300;
const lost = 2000;
const betweenRequests = 200;
const maxCatchUps = 25; // then the next look finds it
const betweenLooks = 20000;
const betweenReports = 2000;
const soonest = 500;
const slowest = 8000;
const jitter = () => Math.random() * 200;

/**
 * Keeps a stage in touch with its event, for ever. A socket brings every change. As soon as nothing has been heard for
 * longer than the server is ever silent, plain requests ask for the current state, in quick succession until one is answered,
 * and another socket is tried beside the silent one. Both, because a browser holds either back: sockets by up to five
 * seconds after failures, requests on connections that the network has swallowed.
 */
export class StageConnection {
  private readonly polling = new PollingRequests();
  private socket: Socket | null = null;
  private opening: Socket | null = null;
  private heardAt = performance.now();
  private isUp = true;
  private catching = false;

  constructor(private readonly code: string, private readonly clock: Clock, private readonly listener: Listener) {}

  start() {
    void this.keepSocket();
    void this.keepAsking();
    // After resuming or changing networks, connect at once instead of waiting for the silence limit.
    addEventListener('online', () => void this.ask());
    document.addEventListener('visibilitychange', () => void (document.hidden || this.ask()));
    // The whole state is read at intervals, which also corrects the clock.
    setInterval(() => void (this.socket && this.watch(this.socket).catch(() => {})), betweenLooks);
    setInterval(() => this.report(), betweenReports);
    addEventListener('pagehide', () => this.socket?.leaves(this.listener.shows()));
  }

  /** Tells the host at once what the stage shows now. */
  report() {
    this.socket?.shows(this.listener.shows());
  }

  /** Asks for the whole until what is known is as new as what was told: a message before the last one was missed. */
  async catchUp() {
    if (this.catching) return;
    this.catching = true;
    for (let tries = 0; this.listener.isBehind && tries < maxCatchUps; tries++) {
      void this.ask(); // one that hangs does not delay the next
      await pause(betweenRequests + jitter());
    }
    this.catching = false;
  }

  /** A silent socket is kept until the next one is open: it may only have been slow. */
  private async keepSocket() {
    let timeout = soonest;
    for (;;) {
      const socket = await this.open(timeout);
      if (socket) {
        this.socket?.end();
        this.socket = socket;
        this.report();
        void this.watch(socket).catch(() => {}); // the second answer has the smaller delay, which the clock needs
        timeout = soonest;
        await Promise.race([socket.ended, quiet(() => socket.heardAt)]);
      } else {
        timeout = Math.min(2 * timeout, slowest);
      }
      await pause(jitter()); // After a restart of the server all screens come at once.
    }
  }

  private async open(timeout: number): Promise<Socket | null> {
    const socket = new Socket(this.listener, () => this.heard());
    this.opening = socket;
    try {
      await within(timeout, socket.start().then(() => this.watch(socket)));
      return socket;
    } catch {
      socket.end();
      return null;
    } finally {
      this.opening = null;
    }
  }

  private async watch(socket: Socket) {
    const asked = this.clock.own;
    this.told(await socket.watch(this.code), asked);
  }

  private async keepAsking() {
    for (;;) {
      await quiet(() => this.heardAt);
      void this.ask();
      await pause(betweenRequests + jitter());
      if (performance.now() - this.heardAt > lost) this.line(false);
    }
  }

  private async ask() {
    const asked = this.clock.own;
    try {
      const now = await this.polling.send(async signal => {
        const shows = this.listener.shows();
        const said = shows
          ? `?screen=${shows.screen}&shows=${shows.version}&soundBlocked=${shows.soundBlocked}&maySleep=${shows.maySleep}` : '';
        const answer = await fetch(`/api/events/${this.code}/stage${said}`, { cache: 'no-store', signal });
        if (!answer.ok) throw new Error(answer.statusText);
        return await answer.json() as StageNow;
      });
      // A socket that was opened while the network was down never connects.
      if (!this.isUp) this.opening?.end();
      this.heard();
      this.told(now, asked);
    } catch {
      // The next question follows soon.
    }
  }

  private told(now: StageNow, asked: number) {
    this.clock.answered(now.scene.now, asked);
    this.listener.now(now);
  }

  private heard() {
    this.heardAt = performance.now();
    this.line(true);
  }

  private line(up: boolean) {
    if (up === this.isUp) return;
    this.isUp = up;
    this.listener.line(up);
  }
}

/** Completes once nothing has been heard for longer than the server is ever silent. */
async function quiet(heardAt: () => number) {
  const left = () => heardAt() + silence - performance.now();
  while (left() > 0) await pause(left());
}

const within = <T>(ms: number, work: Promise<T>) =>
  Promise.race([work, pause(ms).then(() => { throw new Error(`nothing within ${ms} ms`); })]);
