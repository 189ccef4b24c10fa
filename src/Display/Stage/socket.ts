import { HttpTransportType, HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { StageNow, StageScene, Tally, TallyChange } from './tally';

export interface HubListener {
  tally(tally: Tally | TallyChange): void;
  scene(scene: StageScene): void;
}

/** What a stage reports to the host. */
export interface StageReport { screen: string; version: number; soundBlocked: boolean; maySleep: boolean }

const serverTimeout = 10000; // ms without a message after which SignalR closes the connection

/** One connection to the hub, from start to end. */
export class Socket {
  lastMessageAt = performance.now();
  readonly ended: Promise<void>;
  private readonly hub: HubConnection;
  private closeWebSocket = () => {};

  constructor(pushes: HubListener, onMessage: () => void) {
    const onCreate = (webSocket: WebSocket) => {
      // Every received frame counts, pings too, for which the library has no event.
      webSocket.addEventListener('message', () => {
        this.lastMessageAt = performance.now();
        onMessage();
      });
      // The library cannot be stopped while it connects, and a browser queues a second socket to the same host behind it.
      this.closeWebSocket = () => webSocket.close();
    };
    class ObservedWebSocket extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        onCreate(this);
      }
    }
    const options = { transport: HttpTransportType.WebSockets, skipNegotiation: true, WebSocket: ObservedWebSocket };
    this.hub = new HubConnectionBuilder()
      .withUrl('/hubs/display', options)
      .withServerTimeout(serverTimeout)
      .withKeepAliveInterval(2000)
      .configureLogging(LogLevel.None)
      .build();
    this.hub.on('TallyChanged', (tally: Tally | TallyChange) => pushes.tally(tally));
    this.hub.on('SceneChanged', (scene: StageScene) => pushes.scene(scene));
    this.ended = new Promise(done => this.hub.onclose(() => done()));
  }

  start(): Promise<void> {
    return this.hub.start();
  }

  watch(code: string): Promise<StageNow> {
    return this.hub.invoke<StageNow>('Watch', code);
  }

  sendReport(report: StageReport | null) {
    if (report) this.send('Report', report.screen, report.version, report.soundBlocked, report.maySleep);
  }

  sendLeaving(report: StageReport | null) {
    if (report) this.send('Leaves', report.screen);
  }

  end() {
    this.closeWebSocket();
    void this.hub.stop();
  }

  private send(...message: [string, ...unknown[]]) {
    this.hub.send(...message).catch(() => {}); // it is ending; the next one is on its way
  }
}
