// What waits to be sent, on the device: in IndexedDB, sealed; in memory alone where the browser keeps nothing.
import { openDB, type IDBPDatabase } from 'idb';
import { Seal } from './seal';

/** A pledge of one pupil, or what the teacher notes of one. */
export interface Waiting {
  key: string;
  entry: number | null;
  name: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Strokes as they travel; null for an answer. */
  signature: string | null;
  answer?: 'declined' | 'absent' | null;
  /** The version of the text that stood on the page. */
  version: number;
  event: string;
  /** Why the server did not take it; it is sent again when somebody asks for it. */
  refused?: string;
  /** The same may be taken later, when signing or the link is open again: it is sent again by itself as well. */
  again?: true;
}
interface Row { key: string; link: string; sealed: Uint8Array }

const [database, store] = ['safety-campaign-relay', 'waiting'];

const openQueue = () => openDB(database, 1, { upgrade: made => void made.createObjectStore(store, { keyPath: 'key' }) });

export class Queue {
  private readonly entries = new Map<string, Waiting>();

  private constructor(private readonly seal: Seal, private readonly event: string, private db: IDBPDatabase | null, readonly ofOthers: number) {}

  /** Reads what waits for this link and event. */
  static async open(secret: string, event: string): Promise<Queue> {
    const seal = new Seal(secret);
    let db: IDBPDatabase | null = null;
    let rows: Row[] = [];
    try {
      db = await openQueue();
      rows = await db.getAll(store);
    } catch {
      db = null; // private windows of some browsers
    }
    const read = rows.filter(row => row.link === seal.link).map(row => seal.open<Waiting>(row.sealed));
    const own = read.filter((it): it is Waiting => it?.event === event);
    const queue = new Queue(seal, event, db, rows.length - own.length);
    own.sort((a, b) => a.at - b.at).forEach(it => queue.entries.set(it.key, it));
    return queue;
  }

  /** Whether anything waits for this link, of whichever event. */
  static async holdsAny(secret: string): Promise<boolean> {
    const { link } = new Seal(secret);
    const db = await openQueue();
    const rows: Row[] = await db.getAll(store);
    db.close();
    return rows.some(row => row.link === link);
  }

  /** Whether what waits is still there after the page was closed. */
  get isKept(): boolean {
    return this.db !== null;
  }

  get all(): Waiting[] {
    return [...this.entries.values()];
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** All that waits, sealed as one: to be carried to another device by a file, which only this link opens. */
  pack(): Uint8Array {
    return this.seal.close(this.all);
  }

  /** What such a file holds; null for one of another link, and for one that was changed. */
  unpack(whole: Uint8Array): Waiting[] | null {
    const read = this.seal.open<Waiting[]>(whole);
    return Array.isArray(read) ? read : null;
  }

  async put(it: Waiting): Promise<void> {
    this.entries.set(it.key, it);
    await this.write(db => db.put(store, { key: it.key, link: this.seal.link, sealed: this.seal.close(it) } satisfies Row));
  }

  async remove(key: string): Promise<void> {
    this.entries.delete(key);
    await this.write(db => db.delete(store, key));
  }

  /** A full or failing disk leaves it in memory, and says so. */
  private async write(how: (db: IDBPDatabase) => Promise<unknown>): Promise<void> {
    if (!this.db)
      return;
    try {
      await how(this.db);
    } catch {
      this.db = null;
    }
  }
}
