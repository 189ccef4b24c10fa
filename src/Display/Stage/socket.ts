import { HttpTransportType, HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { StageNow, StageScene, Tally, TallyChange } from './tally';

export interface Pushes {
  tally(tally: Tally | TallyChange): void;
  scene(scene: StageScene): void;
}

/** What a stage says of itself. */
export interface Shows { screen: string; version: number; soundBlocked: boolean; maySleep: boolean }

const lifeless = 10000; // ms of silence after which it ends by itself

/** One socket to the hub, from opening to its end. */
export class Socket {
  heardAt = performance.now();
  readonly ended: Promise<void>;
  private readonly hub: HubConnection;
  private giveUp = () => {};

  constructor(pushes: Pushes, heard: () => void) {
    const opens = (line: WebSocket) => {
      // Every received frame counts, pings too, for which the library has no event.
      line.addEventListener('message', () => {
        this.heardAt = performance.now();
        heard();
      });
      // While it connects, the library cannot be stopped, and a browser queues a second socket to the same host behind it.
      this.giveUp = () => line.close();
    };
    class Line extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        opens(this);
      }
    }
    const options = { transport: HttpTransportType.WebSockets, skipNegotiation: true, WebSocket: Line };
    this.hub = new HubConnectionBuilder()
      .withUrl('/hubs/display', options)
      .withServerTimeout(lifeless)
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

  shows(said: Shows | null) {
    if (said) this.send('Report', said.screen, said.version, said.soundBlocked, said.maySleep);
  }

  leaves(said: Shows | null) {
    if (said) this.send('Leaves', said.screen);
  }

  end() {
    this.giveUp();
    void this.hub.stop();
  }

  private send(...message: [string, ...unknown[]]) {
    this.hub.send(...message).catch(() => {}); // it is ending; the next one is on its way
  }
}
