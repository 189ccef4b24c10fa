import { breakAtPhrases } from './phrases';
import { openScene } from './scene-registry';
import type { SceneContext, SceneView } from './scene-view';
import type { StageScene, Tally } from './tally';

/** Scenes that fill the whole screen. */
const withoutCode = new Set(['film', 'oath', 'wave']);

interface OpenedScene {
  /** Its place in the order. */
  place: number;
  section: HTMLElement;
  /** The HTML that the server rendered. */
  written: string;
  view: SceneView;
}

/** The page as the server rendered it: all scenes of the event, one of them on stage. */
export class Frame {
  /** The event's revision that is rendered here. */
  readonly revision: number;
  readonly state: string;
  private readonly opened = new Map<string, OpenedScene>();
  private onStage: OpenedScene | undefined;
  /** The scene that is shown when the transition has covered the screen. */
  private pending: { entering: OpenedScene; scene: StageScene } | null = null;

  /** @param before The frame that this one replaces: the elements of an unchanged scene are kept, so that no film starts again. */
  constructor(readonly main: HTMLElement, private readonly context: SceneContext, before?: Frame) {
    this.revision = Number(main.dataset.revision);
    this.state = main.dataset.state!;
    for (const [place, section] of [...main.querySelectorAll<HTMLElement>('[data-room]')].entries()) {
      const id = section.dataset.room!;
      const written = section.innerHTML;
      const previous = before?.opened.get(id);
      if (previous?.written === written) {
        section.replaceWith(previous.section);
        this.opened.set(id, { ...previous, place });
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
    if (!entering) return; // The page is older than the scene; the new page is being fetched.
    if (this.pending?.entering === entering) {
      this.pending.scene = scene;
      return;
    }
    const leaving = this.pending?.entering ?? this.onStage;
    if (!leaving || leaving === entering) return this.enter(entering, scene);
    this.pending = { entering, scene };
    this.context.sea.pass(entering.place > leaving.place ? 1 : -1, scene.kind, () => {
      const { pending: coming } = this;
      this.pending = null;
      if (coming) this.enter(coming.entering, coming.scene);
    });
  }

  private enter(entering: OpenedScene, scene: StageScene) {
    const { main, context } = this;
    const isNew = this.onStage !== entering;
    main.dataset.kind = scene.kind;
    for (const { section } of this.opened.values()) section.hidden = section !== entering.section;
    if (isNew) {
      this.onStage?.view.leave?.();
      this.onStage = entering;
      context.code.put(withoutCode.has(scene.kind) ? 'none' : 'corner');
      context.sea.applySceneStyle();
    }
    context.code.enlarge({ host: scene.largeCode, ...isNew && { signNow: false } });
    entering.view.show?.(scene);
  }

  tally(shown: Tally, current: Tally) {
    for (const { view } of this.opened.values()) view.tally?.(shown, current);
  }

  /** The text for screen readers; empty while there is no count. */
  get sentence(): string {
    const count = (key: string) => this.onStage?.section.querySelector<HTMLElement>(`[data-${key}]`)?.dataset[key];
    const people = count('people');
    const families = count('families') ?? '';
    const { said, saidOne } = this.main.dataset;
    return people === undefined ? '' : (families === '1' ? saidOne! : said!).replace('{0}', people).replace('{1}', families);
  }
}
