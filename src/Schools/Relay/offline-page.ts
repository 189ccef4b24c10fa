// Stores the page so that it opens without a network, and says whether it will.
import { PageCache, type Mark } from './page-cache';
import type { Pupil, Pupils } from './pupils';

export class OfflinePage {
  private marks: Mark[] = [];
  /** Whether the page opens without a network. */
  isAvailable = false;

  private constructor(
    private readonly cache: PageCache, private readonly html: string, private readonly at: string, private readonly until: number,
  ) {}

  /** Called before anything on the page is changed. Null where the browser has no service worker. */
  static async create(words: DOMStringMap): Promise<OfflinePage | null> {
    const html = `<!DOCTYPE html>${document.documentElement.outerHTML}`;
    if (!navigator.serviceWorker)
      return null;
    const cache = await PageCache.open(new URL(location.href));
    return cache && new OfflinePage(cache, html, words.at!, Number(words.until));
  }

  /** Applies the stored marks to the list, and stores the document. */
  async save(pupils: Pupils): Promise<void> {
    try {
      this.marks = await this.cache.marks(this.at);
      for (const { entry, name, state } of this.marks) {
        const pupil = pupils.find(entry, name) ?? (entry === null ? pupils.add(name) : undefined);
        if (pupil && pupils.stateOf(pupil) === '')
          pupils.set(pupil, state);
      }
      await navigator.serviceWorker.register('/class/relay-worker.js', { scope: '/class/' });
      const files = [...document.querySelectorAll<HTMLElement>('link[rel=stylesheet],link[rel=icon],script[src],img[src]')]
        .map(it => (it as HTMLLinkElement).href || (it as HTMLImageElement).src);
      await this.cache.save(this.html, this.at, this.until, [...new Set(files)]);
      this.isAvailable = true;
    } catch {
      this.isAvailable = false; // a full disk, or a browser that refuses: the page works as without
    }
  }

  /** Called when a pledge or an answer of a pupil has reached the server. */
  async mark(pupil: Pupil, state: Mark['state']): Promise<void> {
    const others = this.marks.filter(mark => mark.entry !== pupil.entry || mark.name !== pupil.name);
    this.marks = [...others, { entry: pupil.entry, name: pupil.name, state }];
    if (this.isAvailable)
      await this.cache.saveMarks(this.marks, this.until).catch(() => this.isAvailable = false);
  }

  /** Called when nothing is left to do, or the link is refused. */
  async remove(): Promise<void> {
    this.isAvailable = false;
    await this.cache.remove();
  }
}
