// The relay page in the browser's cache, so that it opens without a network: where there are service workers, which is on https. The
// document holds names, so it is encrypted by a key derived from the class link's secret, under a name that does not reveal the link. It is
// deleted when everybody has had a turn and everything is sent, when the link is refused, and on the day on which the link expires.
import { Cipher } from './cipher';

export const cacheName = 'safety-campaign-relay';
const untilHeader = 'X-Kept-Until';

/** The state of a pupil, where it changed after the document was served. */
export interface Mark { entry: number | null; name: string; state: '' | 'signed' | 'declined' | 'absent' }
interface StoredPage { html: string; at: string }

/** The secret of a relay page's address; null for any other address. */
export function secretOf(url: URL): string | null {
  return /^\/class\/([^/]+)\/relay$/.exec(url.pathname)?.[1] ?? null;
}

export class PageCache {
  private readonly cipher: Cipher;
  private readonly pageKey: string;
  private readonly marksKey: string;

  private constructor(private readonly cache: Cache, url: URL, secret: string) {
    this.cipher = new Cipher(secret);
    const event = url.searchParams.get('event') ?? '';
    this.pageKey = `/class/-/kept/${this.cipher.link}/${event}`;
    this.marksKey = `${this.pageKey}/marks`;
  }

  /** The cache for an address, empty or not; null where the browser stores nothing. */
  static async open(url: URL): Promise<PageCache | null> {
    const secret = secretOf(url);
    if (!secret || !('caches' in globalThis))
      return null;
    try {
      return new PageCache(await caches.open(cacheName), url, secret);
    } catch {
      return null;
    }
  }

  /** The stored document. */
  async html(): Promise<string | null> {
    return (await this.read<StoredPage>(this.pageKey))?.html ?? null;
  }

  /** Stores a document and its files; deletes the marks of an earlier document. */
  async save(html: string, at: string, until: number, files: string[]): Promise<void> {
    if ((await this.read<StoredPage>(this.pageKey))?.at !== at)
      await this.cache.delete(this.marksKey);
    await this.write(this.pageKey, { html, at } satisfies StoredPage, until);
    const wantedFiles = new Set(files);
    for (const request of await this.cache.keys())
      if (!isEncrypted(request.url) && !wantedFiles.has(request.url))
        await this.cache.delete(request);
    for (const file of files)
      if (!await this.cache.match(file))
        await this.cache.add(file);
  }

  /** The marks of a document; none where another document is stored. */
  async marks(at: string): Promise<Mark[]> {
    return (await this.read<StoredPage>(this.pageKey))?.at === at ? await this.read<Mark[]>(this.marksKey) ?? [] : [];
  }

  async saveMarks(marks: Mark[], until: number): Promise<void> {
    await this.write(this.marksKey, marks, until);
  }

  async remove(): Promise<void> {
    await this.cache.delete(this.pageKey);
    await this.cache.delete(this.marksKey);
  }

  private async read<T>(address: string): Promise<T | null> {
    const response = await this.cache.match(address);
    if (!response || Number(response.headers.get(untilHeader)) < Date.now())
      return null;
    return this.cipher.decrypt<T>(new Uint8Array(await response.arrayBuffer()));
  }

  private async write(address: string, content: unknown, until: number): Promise<void> {
    const encrypted = this.cipher.encrypt(content);
    await this.cache.put(address, new Response(encrypted as Uint8Array<ArrayBuffer>, { headers: { [untilHeader]: String(until) } }));
  }
}

/** Deletes what has expired. */
export async function removeExpired(): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const request of await cache.keys())
    if (isEncrypted(request.url) && Number((await cache.match(request))?.headers.get(untilHeader)) < Date.now())
      await cache.delete(request);
}

const isEncrypted = (url: string) => new URL(url).pathname.startsWith('/class/-/kept/');
