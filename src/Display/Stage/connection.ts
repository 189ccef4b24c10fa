import { HttpTransportType, HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { StageScene, Tally } from './tally';

export interface Listener {
  tally(tally: Tally): void;
  /** How the event stands; without a scene it has changed, nobody knows how far. */
  scene(scene?: StageScene): void;
  /** Whether what the stage shows can be the truth of now. */
  line(up: boolean): void;
}

// Milliseconds. The server says something at least every second, so a socket that is silent for two is dead.
const silence = 2000;
const opening = 5000;
const betweenSockets = 1000;
const betweenQuestions = 2000;
const patience = 300;
const jitter = () => Math.random() * 300;
const pause = (ms: number) => new Promise<void>(done => setTimeout(done, ms));

/**
 * Keeps a stage in touch with its event, for ever. A socket brings every change; while there is none, plain requests
 * bring the truth every two seconds, or find out in quick succession when the network is back. Both try at the same
 * time, because a browser holds either back after failures: it delays sockets by up to five seconds, and lets requests
 * wait for connections that the network swallowed.
 */
export class StageConnection {
  private socket: HubConnection | null = null;
  private wake = () => {};
  private lastHeard = 0;
  private facts = '';

  constructor(private readonly code: string, private readonly listener: Listener) {}

  start() {
    void this.keepSocket();
    void this.keepAsking();
    // A machine that wakes up or changes networks must not wait for the silence to be noticed.
    addEventListener('online', () => void this.probe());
    document.addEventListener('visibilitychange', () => void this.probe());
  }

  private async keepSocket() {
    for (;;) {
      const wasOpen = await this.live();
      await pause((wasOpen ? 0 : betweenSockets) + jitter()); // After a restart of the server all screens come at once.
    }
  }

  private async keepAsking() {
    for (;;) {
      if (this.socket) await this.rest();
      // A question that hangs does not hold up the next: it may have been lost with the network.
      else if (await Promise.race([this.ask(), pause(patience)])) await this.rest(betweenQuestions);
      else await pause(jitter());
    }
  }

  /** Until the socket ends, or at most so long. */
  private rest(atMost?: number) {
    return new Promise<void>(done => {
      this.wake = done;
      if (atMost !== undefined) setTimeout(done, atMost);
    });
  }

  /** Asks for the counts and the event; true when both were answered. */
  private async ask(): Promise<boolean> {
    const asked = performance.now();
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), betweenQuestions);
    const read = async (question: string) => {
      const answer = await fetch(`/api/events/${this.code}${question}`, { cache: 'no-cache', signal: limit.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.text();
    };
    try {
      this.listener.tally(JSON.parse(await read('/tally')));
      this.heard();
      const facts = await read('');
      if (this.facts && this.facts !== facts) this.listener.scene();
      this.facts = facts;
      return true;
    } catch {
      if (this.lastHeard < asked) this.listener.line(false);
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  /** One socket from opening to end; whether it opened at all. */
  private async live(): Promise<boolean> {
    const abandon = new AbortController();
    // While it opens, the library cannot be stopped; and a browser opens no second socket beside one that hangs.
    class Abandonable extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        abandon.signal.addEventListener('abort', () => this.close());
      }
    }
    const options = { transport: HttpTransportType.WebSockets, skipNegotiation: true, WebSocket: Abandonable };
    const socket = new HubConnectionBuilder()
      .withUrl('/hubs/display', options)
      .withServerTimeout(silence)
      .withKeepAliveInterval(silence)
      .configureLogging(LogLevel.None)
      .build();
    socket.on('TallyChanged', (tally: Tally) => this.listener.tally(tally));
    socket.on('SceneChanged', (scene: StageScene) => this.listener.scene(scene));
    const closed = new Promise<void>(done => socket.onclose(() => done()));
    try {
      await within(opening, socket.start());
      await this.watch(socket);
    } catch {
      abandon.abort();
      return false;
    }
    this.socket = socket;
    await closed;
    this.socket = null;
    this.wake();
    return true;
  }

  private async watch(socket: HubConnection) {
    const { tally, scene } = await within<{ tally: Tally; scene: StageScene }>(silence, socket.invoke('Watch', this.code));
    this.heard();
    this.listener.tally(tally);
    this.listener.scene(scene);
  }

  /** Asks at once; an open socket that does not answer is given up. */
  private async probe() {
    const { socket } = this;
    if (document.hidden) return;
    if (socket) await within(1000, this.watch(socket)).catch(() => socket.stop());
    else this.wake();
  }

  private heard() {
    this.lastHeard = performance.now();
    this.listener.line(true);
  }
}

const within = <T>(ms: number, work: Promise<T>) =>
  Promise.race([work, pause(ms).then(() => { throw new Error(`nothing within ${ms} ms`); })]);
