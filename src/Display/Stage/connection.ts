import type { Clock } from './clock';
import { delay } from './delay';
import { PollingRequests } from './polling';
import { Socket, type HubListener, type StageReport } from './socket';
import type { StageNow } from './tally';

export interface Listener extends HubListener {
  /** The whole state, as one answer. */
  now(now: StageNow): void;
  /** What this stage reports to the host; null for the host's small frame. */
  getReport(): StageReport | null;
  /** Whether there is a connection, so that what the stage shows is current. */
  connected(isConnected: boolean): void;
  /** A message named a newer version than the one that is known. */
  readonly isBehind: boolean;
}

// Milliseconds. The server sends something at least every second.
const silenceTimeout = 1300;
const disconnectedAfter = 2000;
const requestInterval = 200;
const maxCatchUps = 25; // then the next resync reads it
const resyncInterval = 20000;
const reportInterval = 2000;
const minConnectTimeout = 500;
const maxConnectTimeout = 8000;
const jitter = () => Math.random() * 200;

/**
 * Keeps a stage connected to its event, without end. A socket brings every change. When nothing has been received for longer than the
 * server is ever silent, the state is polled by plain requests until one is answered, and another socket is opened beside the silent one.
 * Both, because browsers delay either: sockets by up to five seconds after failures, requests on connections that are dead.
 */
export class StageConnection {
  private readonly polling = new PollingRequests();
  private socket: Socket | null = null;
  private opening: Socket | null = null;
  private lastMessageAt = performance.now();
  private isConnected = true;
  private isCatchingUp = false;

  constructor(private readonly code: string, private readonly clock: Clock, private readonly listener: Listener) {}

  start() {
    void this.keepConnected();
    void this.pollWhileSilent();
    // After resuming or changing networks, poll at once instead of waiting for the timeout.
    addEventListener('online', () => void this.poll());
    document.addEventListener('visibilitychange', () => void (document.hidden || this.poll()));
    // Reading the whole state at intervals also corrects the clock.
    setInterval(() => void (this.socket && this.watch(this.socket).catch(() => {})), resyncInterval);
    setInterval(() => this.report(), reportInterval);
    addEventListener('pagehide', () => this.socket?.sendLeaving(this.listener.getReport()));
  }

  /** Reports to the host at once what the stage shows. */
  report() {
    this.socket?.sendReport(this.listener.getReport());
  }

  /** Polls until the known version is as new as the last message's: a message before it was missed. */
  async catchUp() {
    if (this.isCatchingUp) return;
    this.isCatchingUp = true;
    for (let tries = 0; this.listener.isBehind && tries < maxCatchUps; tries++) {
      void this.poll(); // one that hangs does not delay the next
      await delay(requestInterval + jitter());
    }
    this.isCatchingUp = false;
  }

  /** A silent socket is kept until the next one is open: it may only be slow. */
  private async keepConnected() {
    let timeout = minConnectTimeout;
    for (;;) {
      const socket = await this.open(timeout);
      if (socket) {
        this.socket?.end();
        this.socket = socket;
        this.report();
        void this.watch(socket).catch(() => {}); // the second answer has less delay, which the clock needs
        timeout = minConnectTimeout;
        await Promise.race([socket.ended, waitForSilence(() => socket.lastMessageAt)]);
      } else {
        timeout = Math.min(2 * timeout, maxConnectTimeout);
      }
      await delay(jitter()); // After a restart of the server all screens come at once.
    }
  }

  private async open(timeout: number): Promise<Socket | null> {
    const socket = new Socket(this.listener, () => this.onMessage());
    this.opening = socket;
    try {
      await withTimeout(timeout, socket.start().then(() => this.watch(socket)));
      return socket;
    } catch {
      socket.end();
      return null;
    } finally {
      this.opening = null;
    }
  }

  private async watch(socket: Socket) {
    const requestedAt = this.clock.own;
    this.applyState(await socket.watch(this.code), requestedAt);
  }

  private async pollWhileSilent() {
    for (;;) {
      await waitForSilence(() => this.lastMessageAt);
      void this.poll();
      await delay(requestInterval + jitter());
      if (performance.now() - this.lastMessageAt > disconnectedAfter) this.setConnected(false);
    }
  }

  private async poll() {
    const requestedAt = this.clock.own;
    try {
      const now = await this.polling.send(async signal => {
        const report = this.listener.getReport();
        const query = report
          ? `?screen=${report.screen}&shows=${report.version}&soundBlocked=${report.soundBlocked}&maySleep=${report.maySleep}` : '';
        const response = await fetch(`/api/events/${this.code}/stage${query}`, { cache: 'no-store', signal });
        if (!response.ok) throw new Error(response.statusText);
        return await response.json() as StageNow;
      });
      // A socket that was opened while the network was down never connects.
      if (!this.isConnected) this.opening?.end();
      this.onMessage();
      this.applyState(now, requestedAt);
    } catch {
      // The next poll follows soon.
    }
  }

  private applyState(now: StageNow, requestedAt: number) {
    this.clock.answered(now.scene.now, requestedAt);
    this.listener.now(now);
  }

  private onMessage() {
    this.lastMessageAt = performance.now();
    this.setConnected(true);
  }

  private setConnected(isConnected: boolean) {
    if (isConnected === this.isConnected) return;
    this.isConnected = isConnected;
    this.listener.connected(isConnected);
  }
}

/** Resolves once nothing has been received for longer than the server is ever silent. */
async function waitForSilence(lastMessageAt: () => number) {
  const remaining = () => lastMessageAt() + silenceTimeout - performance.now();
  while (remaining() > 0) await delay(remaining());
}

const withTimeout = <T>(ms: number, promise: Promise<T>) =>
  Promise.race([promise, delay(ms).then(() => { throw new Error(`nothing within ${ms} ms`); })]);
