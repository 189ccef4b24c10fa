// The queue of what is to be sent, on the device: encrypted in IndexedDB, or in memory alone where the browser stores nothing.
import { openDB } from 'idb';
import { Cipher } from './cipher';

/** A pledge of one pupil, or an answer that the teacher enters for one. */
export interface QueueEntry {
  key: string;
  entry: number | null;
  name: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Encoded strokes; null for an answer. */
  signature: string | null;
  answer?: 'declined' | 'absent' | null;
  /** The version of the text that stood on the page. */
  version: number;
  event: string;
  /** Made on a page of the rehearsal: the server does not take it once the rehearsal is over, until somebody says that it was meant. */
  rehearsal?: true;
  /** Why the server did not take it; it is sent again when somebody asks for it. */
  refused?: string;
  /** Signing or the link may be open again later: it is also sent again at intervals. */
  again?: true;
}
export interface Row { key: string; link: string; sealed: Uint8Array }

/** Where the rows are stored. */
export interface QueueStore {
  all(): Promise<Row[]>;
  put(row: Row): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  close(): void;
}

const [databaseName, storeName] = ['safety-campaign-relay', 'waiting'];

/** @param onClose Called when the browser closes the connection: out of space, or its data was cleared. */
async function openStore(onClose: () => void): Promise<QueueStore> {
  const db = await openDB(databaseName, 1, {
    upgrade: db => void db.createObjectStore(storeName, { keyPath: 'key' }),
    blocking(_version, _blocked, event) {
      (event.target as IDBDatabase).close(); // another page wants to change or delete the database
      onClose();
    },
    terminated: onClose,
  });
  return {
    all: () => db.getAll(storeName), put: row => db.put(storeName, row), delete: key => db.delete(storeName, key), close: () => db.close(),
  };
}

export class Queue {
  private readonly entries = new Map<string, QueueEntry>();
  private store: QueueStore | null = null;
  private isWritten = false;
  /** Keys that are still to be written: of an entry to be stored, or of one that was sent and is to be deleted. */
  private readonly unwrittenKeys = new Set<string>();
  private writing: Promise<void> = Promise.resolve();

  private constructor(private readonly cipher: Cipher, private readonly event: string, private readonly storeOpener: typeof openStore) {}

  /** How many entries of other links or events are stored. */
  othersCount = 0;

  /** Reads the entries of this link and event. */
  static async open(secret: string, event: string, open = openStore): Promise<Queue> {
    const queue = new Queue(new Cipher(secret), event, open);
    await queue.read();
    return queue;
  }

  private async read(): Promise<void> {
    let rows: Row[];
    try {
      rows = await (await this.connect()).all();
    } catch {
      return; // private windows of some browsers
    }
    this.isWritten = true;
    const read = rows.filter(row => row.link === this.cipher.link).map(row => this.cipher.decrypt<QueueEntry>(row.sealed));
    const own = read.filter((it): it is QueueEntry => it?.event === this.event);
    this.othersCount = rows.length - own.length;
    own.sort((a, b) => a.at - b.at).forEach(it => this.entries.set(it.key, it));
  }

  private async connect(): Promise<QueueStore> {
    return this.store ??= await this.storeOpener(() => this.store = null);
  }

  /** Whether there are entries of this link, for any event. */
  static async holdsAny(secret: string): Promise<boolean> {
    const { link } = new Cipher(secret);
    const store = await openStore(() => {});
    const rows = await store.all();
    store.close();
    return rows.some(row => row.link === link);
  }

  /** Whether the entries outlive the page. */
  get isPersisted(): boolean {
    return this.isWritten;
  }

  get all(): QueueEntry[] {
    return [...this.entries.values()];
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** All entries, encrypted together: a file for another device, which only this link can decrypt. */
  pack(): Uint8Array {
    return this.cipher.encrypt(this.all);
  }

  /** The entries of such a file; null for one of another link, or that was changed. */
  unpack(file: Uint8Array): QueueEntry[] | null {
    const read = this.cipher.decrypt<QueueEntry[]>(file);
    return Array.isArray(read) ? read : null;
  }

  async put(it: QueueEntry): Promise<void> {
    this.entries.set(it.key, it);
    await this.write(it.key);
  }

  async remove(key: string): Promise<void> {
    this.entries.delete(key);
    await this.write(key);
  }

  /** Writes again what could not be written. */
  async retry(): Promise<void> {
    if (this.unwrittenKeys.size > 0)
      await this.flush();
  }

  private write(key: string): Promise<void> {
    this.unwrittenKeys.add(key);
    return this.flush();
  }

  private flush(): Promise<void> {
    return this.writing = this.writing.then(() => this.writeAll());
  }

  /**
   * A connection that fails is opened once more: browsers close those of suspended pages. With a full disk all stays in memory, and the
   * page says so, until a later write succeeds.
   */
  private async writeAll(): Promise<void> {
    for (let tries = 0; tries < 2; tries++)
      try {
        const store = await this.connect();
        for (const key of [...this.unwrittenKeys]) {
          const it = this.entries.get(key);
          await (it ? store.put({ key, link: this.cipher.link, sealed: this.cipher.encrypt(it) }) : store.delete(key));
          if (this.entries.get(key) === it)
            this.unwrittenKeys.delete(key); // else it was changed meanwhile
        }
        this.isWritten = true;
        return;
      } catch {
        this.store?.close();
        this.store = null;
      }
    this.isWritten = false;
  }
}
