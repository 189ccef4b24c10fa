import { rooms, type Equipment, type Room } from './rooms';
import type { StageScene, Tally } from './tally';

interface OpenedRoom {
  section: HTMLElement;
  /** As the server wrote it. */
  written: string;
  room: Room;
}

/** The page as the server wrote it: every scene a room, one of them on stage. */
export class Frame {
  /** The event's revision that is written here. */
  readonly revision: number;
  readonly state: string;
  private readonly opened = new Map<string, OpenedRoom>();
  private onStage: OpenedRoom | undefined;

  /** @param before The frame in whose place this one comes: a room that has not changed goes on as it is, so that no film starts anew. */
  constructor(readonly main: HTMLElement, equipment: Equipment, before?: Frame) {
    this.revision = Number(main.dataset.revision);
    this.state = main.dataset.state!;
    for (const section of main.querySelectorAll<HTMLElement>('[data-room]')) {
      const id = section.dataset.room!;
      const written = section.innerHTML;
      const same = before?.opened.get(id);
      if (same?.written === written) {
        section.replaceWith(same.section);
        this.opened.set(id, same);
      } else {
        this.opened.set(id, { section, written, room: rooms[section.dataset.kind!]?.(section, equipment) ?? {} });
      }
    }
    for (const [id, { room }] of before?.opened ?? []) if (this.opened.get(id)?.room !== room) room.leave?.();
  }

  show(scene: StageScene) {
    const entering = this.opened.get(String(scene.sceneId));
    if (!entering) return; // The page is older than the scene; the new one is on its way.
    this.main.dataset.kind = scene.kind;
    for (const { section } of this.opened.values()) section.hidden = section !== entering.section;
    if (this.onStage !== entering) this.onStage?.room.leave?.();
    this.onStage = entering;
    entering.room.show?.(scene);
  }

  tally(tally: Tally) {
    for (const { room } of this.opened.values()) room.tally?.(tally);
  }

  /** What a screen reader says; empty while there is nothing to count. */
  get sentence(): string {
    const count = (key: string) => this.onStage?.section.querySelector<HTMLElement>(`[data-${key}]`)?.dataset[key];
    const people = count('people');
    return people === undefined ? '' : this.main.dataset.said!.replace('{0}', people).replace('{1}', count('families') ?? '');
  }
}
