// What waits to be sent, on the device: in IndexedDB, sealed; in memory alone where the browser keeps nothing.
import { openDB } from 'idb';
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
export interface Row { key: string; link: string; sealed: Uint8Array }

/** Where rows are kept on the device. */
export interface Shelf {
  all(): Promise<Row[]>;
  put(row: Row): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  close(): void;
}

const [database, store] = ['safety-campaign-relay', 'waiting'];

/** @param lost Told when the browser closes the connection: out of space, or its data cleared by the person. */
async function openShelf(lost: () => void): Promise<Shelf> {
  const db = await openDB(database, 1, {
    upgrade: made => void made.createObjectStore(store, { keyPath: 'key' }),
    blocking(_version, _blocked, event) {
      (event.target as IDBDatabase).close(); // another page wants to change or delete the database
      lost();
    },
    terminated: lost,
  });
  return {
    all: () => db.getAll(store), put: row => db.put(store, row), delete: key => db.delete(store, key), close: () => db.close(),
  };
}

export class Queue {
  private readonly entries = new Map<string, Waiting>();
  private shelf: Shelf | null = null;
  private kept = false;
  /** Keys of which the device does not hold yet what stands here: an entry to be stored, or one that was sent and is to be erased. */
  private readonly unwritten = new Set<string>();
  private writing: Promise<void> = Promise.resolve();

  private constructor(private readonly seal: Seal, private readonly event: string, private readonly opens: typeof openShelf) {}

  /** How many wait for other links or events. */
  ofOthers = 0;

  /** Reads what waits for this link and event. */
  static async open(secret: string, event: string, opens = openShelf): Promise<Queue> {
    const queue = new Queue(new Seal(secret), event, opens);
    await queue.read();
    return queue;
  }

  private async read(): Promise<void> {
    let rows: Row[];
    try {
      rows = await (await this.opened()).all();
    } catch {
      return; // private windows of some browsers
    }
    this.kept = true;
    const read = rows.filter(row => row.link === this.seal.link).map(row => this.seal.open<Waiting>(row.sealed));
    const own = read.filter((it): it is Waiting => it?.event === this.event);
    this.ofOthers = rows.length - own.length;
    own.sort((a, b) => a.at - b.at).forEach(it => this.entries.set(it.key, it));
  }

  private async opened(): Promise<Shelf> {
    return this.shelf ??= await this.opens(() => this.shelf = null);
  }

  /** Whether anything waits for this link, of whichever event. */
  static async holdsAny(secret: string): Promise<boolean> {
    const { link } = new Seal(secret);
    const shelf = await openShelf(() => {});
    const rows = await shelf.all();
    shelf.close();
    return rows.some(row => row.link === link);
  }

  /** Whether what waits is still there after the page was closed. */
  get isKept(): boolean {
    return this.kept;
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
    await this.write(it.key);
  }

  async remove(key: string): Promise<void> {
    this.entries.delete(key);
    await this.write(key);
  }

  /** Tries again what the device did not take. */
  async retry(): Promise<void> {
    if (this.unwritten.size > 0)
      await this.flush();
  }

  private write(key: string): Promise<void> {
    this.unwritten.add(key);
    return this.flush();
  }

  private flush(): Promise<void> {
    return this.writing = this.writing.then(() => this.writeAll());
  }

  /**
   * A connection that fails is opened once more, since browsers close those of pages that slept. A disk that is full leaves all in memory,
   * and the page says so, until a later write succeeds.
   */
  private async writeAll(): Promise<void> {
    for (let tries = 0; tries < 2; tries++)
      try {
        const shelf = await this.opened();
        for (const key of [...this.unwritten]) {
          const it = this.entries.get(key);
          await (it ? shelf.put({ key, link: this.seal.link, sealed: this.seal.close(it) }) : shelf.delete(key));
          if (this.entries.get(key) === it)
            this.unwritten.delete(key); // else it was changed meanwhile
        }
        this.kept = true;
        return;
      } catch {
        this.shelf?.close();
        this.shelf = null;
      }
    this.kept = false;
  }
}
