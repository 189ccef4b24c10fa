import { breakAtPhrases } from './phrases';
import { openScene } from './scene-registry';
import type { SceneContext, SceneView } from './scene-view';
import type { StageScene, Tally } from './tally';

/** What has the screen to itself. */
const withoutCode = new Set(['film', 'oath', 'wave']);

interface OpenedScene {
  /** Its place in the order. */
  place: number;
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
  /** What comes on when the water has passed. */
  private coming: { entering: OpenedScene; scene: StageScene } | null = null;

  /** @param before The frame in whose place this one comes: a scene that has not changed goes on as it is, so that no film starts anew. */
  constructor(readonly main: HTMLElement, private readonly context: SceneContext, before?: Frame) {
    this.revision = Number(main.dataset.revision);
    this.state = main.dataset.state!;
    for (const [place, section] of [...main.querySelectorAll<HTMLElement>('[data-room]')].entries()) {
      const id = section.dataset.room!;
      const written = section.innerHTML;
      const same = before?.opened.get(id);
      if (same?.written === written) {
        section.replaceWith(same.section);
        this.opened.set(id, { ...same, place });
      } else {
        this.opened.set(id, { place, section, written, view: openScene(section, context) });
      }
    }
    breakAtPhrases(main);
    for (const [id, { view }] of before?.opened ?? []) {
      if (this.opened.get(id)?.view === view) continue;
      view.leave?.();
      view.dispose?.();
    }
    this.onStage = [...this.opened.values()].find(({ view }) => view === before?.onStage?.view);
  }

  show(scene: StageScene) {
    const entering = this.opened.get(String(scene.sceneId));
    if (!entering) return; // The page is older than the scene; the new one is on its way.
    if (this.coming?.entering === entering) {
      this.coming.scene = scene;
      return;
    }
    const leaving = this.coming?.entering ?? this.onStage;
    if (!leaving || leaving === entering) return this.bring(entering, scene);
    this.coming = { entering, scene };
    this.context.sea.pass(entering.place > leaving.place ? 1 : -1, scene.kind, () => {
      const { coming } = this;
      this.coming = null;
      if (coming) this.bring(coming.entering, coming.scene);
    });
  }

  private bring(entering: OpenedScene, scene: StageScene) {
    const { main, context } = this;
    const isNew = this.onStage !== entering;
    main.dataset.kind = scene.kind;
    for (const { section } of this.opened.values()) section.hidden = section !== entering.section;
    if (isNew) {
      this.onStage?.view.leave?.();
      this.onStage = entering;
      context.code.put(withoutCode.has(scene.kind) ? 'none' : 'corner');
      context.sea.settle();
    }
    context.code.enlarge({ host: scene.largeCode, ...isNew && { signNow: false } });
    entering.view.show?.(scene);
  }

  tally(shown: Tally, current: Tally) {
    for (const { view } of this.opened.values()) view.tally?.(shown, current);
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
