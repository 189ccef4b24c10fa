import { openScene } from './scene-registry';
import type { SceneContext, SceneView } from './scene-view';
import type { StageScene, Tally } from './tally';

interface OpenedScene {
  section: HTMLElement;
  /** As the server wrote it. */
  written: string;
  view: SceneView;
}

/** The page as the server wrote it: every scene of the event, one of them on stage. */
export class Frame {
  /** The event's revision that is written here. */
  readonly revision: number;
  readonly state: string;
  private readonly opened = new Map<string, OpenedScene>();
  private onStage: OpenedScene | undefined;

  /** @param before The frame in whose place this one comes: a scene that has not changed goes on as it is, so that no film starts anew. */
  constructor(readonly main: HTMLElement, context: SceneContext, before?: Frame) {
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
        this.opened.set(id, { section, written, view: openScene(section, context) });
      }
    }
    for (const [id, { view }] of before?.opened ?? []) if (this.opened.get(id)?.view !== view) view.leave?.();
  }

  show(scene: StageScene) {
    const entering = this.opened.get(String(scene.sceneId));
    if (!entering) return; // The page is older than the scene; the new one is on its way.
    this.main.dataset.kind = scene.kind;
    for (const { section } of this.opened.values()) section.hidden = section !== entering.section;
    if (this.onStage !== entering) this.onStage?.view.leave?.();
    this.onStage = entering;
    entering.view.show?.(scene);
  }

  tally(tally: Tally) {
    for (const { view } of this.opened.values()) view.tally?.(tally);
  }

  /** What a screen reader says; empty while there is nothing to count. */
  get sentence(): string {
    const count = (key: string) => this.onStage?.section.querySelector<HTMLElement>(`[data-${key}]`)?.dataset[key];
    const people = count('people');
    const families = count('families') ?? '';
    const { said, saidOne } = this.main.dataset;
    return people === undefined ? '' : (families === '1' ? saidOne! : said!).replace('{0}', people).replace('{1}', families);
  }
}
