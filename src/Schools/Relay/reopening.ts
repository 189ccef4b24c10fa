// Keeps the page for opening it again without a network, and says whether that holds.
import { Copy, type Mark } from './copy';
import type { Pupil, Pupils } from './pupils';

export class Reopening {
  private marks: Mark[] = [];
  /** The page opens again without a network. */
  holds = false;

  private constructor(private readonly copy: Copy, private readonly html: string, private readonly at: string, private readonly until: number) {}

  /** Before anything on the page is changed. Null where the browser has no service worker. */
  static async begin(words: DOMStringMap): Promise<Reopening | null> {
    const html = `<!DOCTYPE html>${document.documentElement.outerHTML}`;
    if (!navigator.serviceWorker)
      return null;
    const copy = await Copy.of(new URL(location.href));
    return copy && new Reopening(copy, html, words.at!, Number(words.until));
  }

  /** Puts on the list what became of pupils since the document was made, and keeps the document. */
  async keep(pupils: Pupils): Promise<void> {
    try {
      this.marks = await this.copy.marks(this.at);
      for (const { entry, name, state } of this.marks) {
        const pupil = pupils.find(entry, name) ?? (entry === null ? pupils.add(name) : undefined);
        if (pupil && pupils.stateOf(pupil) === '')
          pupils.set(pupil, state);
      }
      await navigator.serviceWorker.register('/class/relay-worker.js', { scope: '/class/' });
      const files = [...document.querySelectorAll<HTMLElement>('link[rel=stylesheet],link[rel=icon],script[src],img[src]')]
        .map(it => (it as HTMLLinkElement).href || (it as HTMLImageElement).src);
      await this.copy.keep(this.html, this.at, this.until, [...new Set(files)]);
      this.holds = true;
    } catch {
      this.holds = false; // a full disk, or a browser that refuses: the page works as without
    }
  }

  /** Something of a pupil has reached the server. */
  async mark(pupil: Pupil, state: Mark['state']): Promise<void> {
    this.marks = [...this.marks.filter(mark => mark.entry !== pupil.entry || mark.name !== pupil.name), { entry: pupil.entry, name: pupil.name, state }];
    if (this.holds)
      await this.copy.mark(this.marks, this.until).catch(() => this.holds = false);
  }

  /** Nothing is left to do here, or the link is refused. */
  async drop(): Promise<void> {
    this.holds = false;
    await this.copy.drop();
  }
}
