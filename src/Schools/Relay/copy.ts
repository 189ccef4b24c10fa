// The page itself, kept on the device so that it opens again without a network: where there are service workers, which is on https.
// The document holds names, so it is kept sealed by the key that only the class link's address gives, under a name that does not tell
// the link. It goes when everybody has had a turn and everything is sent, when the link is refused, and on the day on which the link
// expires.
import { Seal } from './seal';

export const cacheName = 'safety-campaign-relay';
const untilHeader = 'X-Kept-Until';

/** What became of a pupil since the document was made. */
export interface Mark { entry: number | null; name: string; state: '' | 'signed' | 'declined' | 'absent' }
interface Kept { html: string; at: string }

/** The secret of a relay page's address; null for any other address. */
export function secretOf(url: URL): string | null {
  return /^\/class\/([^/]+)\/relay$/.exec(url.pathname)?.[1] ?? null;
}

export class Copy {
  private readonly seal: Seal;
  private readonly page: string;
  private readonly marked: string;

  private constructor(private readonly cache: Cache, url: URL, secret: string) {
    this.seal = new Seal(secret);
    const event = url.searchParams.get('event') ?? '';
    this.page = `/class/-/kept/${this.seal.link}/${event}`;
    this.marked = `${this.page}/marks`;
  }

  /** That of an address, whether anything is kept or not; null where the browser keeps nothing. */
  static async of(url: URL): Promise<Copy | null> {
    const secret = secretOf(url);
    if (!secret || !('caches' in globalThis))
      return null;
    try {
      return new Copy(await caches.open(cacheName), url, secret);
    } catch {
      return null;
    }
  }

  /** The document as it was kept. */
  async html(): Promise<string | null> {
    return (await this.read<Kept>(this.page))?.html ?? null;
  }

  /** Keeps a document; marks of an earlier one go. */
  async keep(html: string, at: string, until: number, files: string[]): Promise<void> {
    if ((await this.read<Kept>(this.page))?.at !== at)
      await this.cache.delete(this.marked);
    await this.write(this.page, { html, at } satisfies Kept, until);
    const wanted = new Set(files);
    for (const request of await this.cache.keys())
      if (!isSealed(request.url) && !wanted.has(request.url))
        await this.cache.delete(request);
    for (const file of files)
      if (!await this.cache.match(file))
        await this.cache.add(file);
  }

  /** What became of pupils since a document was made; none where another one is kept. */
  async marks(at: string): Promise<Mark[]> {
    return (await this.read<Kept>(this.page))?.at === at ? await this.read<Mark[]>(this.marked) ?? [] : [];
  }

  async mark(marks: Mark[], until: number): Promise<void> {
    await this.write(this.marked, marks, until);
  }

  async drop(): Promise<void> {
    await this.cache.delete(this.page);
    await this.cache.delete(this.marked);
  }

  private async read<T>(address: string): Promise<T | null> {
    const found = await this.cache.match(address);
    if (!found || Number(found.headers.get(untilHeader)) < Date.now())
      return null;
    return this.seal.open<T>(new Uint8Array(await found.arrayBuffer()));
  }

  private async write(address: string, content: unknown, until: number): Promise<void> {
    const sealed = this.seal.close(content);
    await this.cache.put(address, new Response(sealed as Uint8Array<ArrayBuffer>, { headers: { [untilHeader]: String(until) } }));
  }
}

/** Deletes what is kept beyond its day. */
export async function dropExpired(): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const request of await cache.keys())
    if (isSealed(request.url) && Number((await cache.match(request))?.headers.get(untilHeader)) < Date.now())
      await cache.delete(request);
}

const isSealed = (url: string) => new URL(url).pathname.startsWith('/class/-/kept/');
