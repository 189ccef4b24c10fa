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
const betweenQuestions = 2000;
const patience = 300;
const jitter = () => Math.random() * 300;
const pause = (ms: number) => new Promise<void>(done => setTimeout(done, ms));

/**
 * Keeps a stage in touch with its event, for ever. A socket brings every change; while there is none, plain requests
 * bring the truth every two seconds. After a failure the requests alone find out, in quick succession, when the
 * network is back: a browser delays sockets that fail often by up to five seconds.
 */
export class StageConnection {
  private socket: HubConnection | null = null;
  private attempt: Promise<boolean> | null = null;
  private lastHeard = 0;
  private facts = '';

  constructor(private readonly code: string, private readonly listener: Listener) {}

  start() {
    void this.keep();
    // A machine that wakes up or changes networks must not wait for the silence to be noticed.
    addEventListener('online', () => void this.probe());
    document.addEventListener('visibilitychange', () => void this.probe());
  }

  private async keep() {
    for (;;) {
      // A question that hangs does not hold up the next: the first may have been lost with the network.
      if (!(await Promise.race([this.ask(), pause(patience)]))) {
        await pause(jitter());
        continue;
      }
      this.attempt ??= this.live().finally(() => (this.attempt = null));
      await Promise.race([this.attempt.then(wasOpen => (wasOpen ? undefined : pause(betweenQuestions))), pause(betweenQuestions)]);
      if (this.socket) await this.attempt;
    }
  }

  /** Asks for the counts and the event; true when both were answered. */
  private async ask(): Promise<boolean> {
    const asked = performance.now();
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), betweenQuestions);
    try {
      const address = `/api/events/${this.code}`;
      const [tally, facts] = await Promise.all([`${address}/tally`, address].map(async question => {
        const answer = await fetch(question, { cache: 'no-cache', signal: limit.signal });
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.text();
      }));
      this.heard();
      this.listener.tally(JSON.parse(tally!));
      if (this.facts && this.facts !== facts) this.listener.scene();
      this.facts = facts!;
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
    await pause(jitter()); // After a restart of the server all screens would come at once.
    const socket = new HubConnectionBuilder()
      .withUrl('/hubs/display', { transport: HttpTransportType.WebSockets, skipNegotiation: true })
      .withServerTimeout(silence)
      .withKeepAliveInterval(silence)
      .configureLogging(LogLevel.None)
      .build();
    socket.on('TallyChanged', (tally: Tally) => this.listener.tally(tally));
    socket.on('SceneChanged', (scene: StageScene) => this.listener.scene(scene));
    const closed = new Promise<void>(done => socket.onclose(() => done()));
    try {
      await within(silence, socket.start());
      await this.watch(socket);
    } catch {
      void socket.stop();
      return false;
    }
    this.socket = socket;
    await closed;
    this.socket = null;
    return true;
  }

  private async watch(socket: HubConnection) {
    const { tally, scene } = await within<{ tally: Tally; scene: StageScene }>(silence, socket.invoke('Watch', this.code));
    this.heard();
    this.listener.tally(tally);
    this.listener.scene(scene);
  }

  /** Tests an open socket, and gives it up when it does not answer. */
  private async probe() {
    const { socket } = this;
    if (socket && !document.hidden) await within(1000, this.watch(socket)).catch(() => socket.stop());
  }

  private heard() {
    this.lastHeard = performance.now();
    this.listener.line(true);
  }
}

const within = <T>(ms: number, work: Promise<T>) =>
  Promise.race([work, pause(ms).then(() => { throw new Error(`nothing within ${ms} ms`); })]);
