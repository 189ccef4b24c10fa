// The service worker of relay pages: opens one that is kept on the device where there is no network. See copy.ts. Other pages of a class
// go past it.
import { cacheName, Copy, dropExpired, secretOf } from './copy';
import { Queue } from './queue';

/** A network that does not answer for so long is none. In milliseconds. */
const networkTimeout = 8000;
/** As the server sends with a page, see src/Operations/SecurityHeaders.cs. */
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; "
  + "base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

interface Extendable extends Event { waitUntil(work: Promise<unknown>): void }
interface Fetching extends Extendable { readonly request: Request; respondWith(answer: Promise<Response>): void }
interface WorkerScope {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
}
const worker = globalThis as unknown as WorkerScope;

worker.addEventListener('install', event => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', event => event.waitUntil(Promise.all([worker.clients.claim(), dropExpired()])));
worker.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin)
    return;
  if (event.request.mode === 'navigate') {
    if (secretOf(url))
      event.respondWith(open(event.request, url));
  } else if (/^\/(dist|img)\//.test(url.pathname)) {
    event.respondWith(file(event.request));
  }
});

/**
 * From the network; where there is none, as it is kept. A link that is refused keeps nothing, unless something of a pupil waits here: then
 * the page as it is kept shows it, and lets it be carried to another device.
 */
async function open(request: Request, url: URL): Promise<Response> {
  const copy = await Copy.of(url);
  const html = await copy?.html();
  try {
    const response = await (html ? within(networkTimeout, fetch(request)) : fetch(request));
    if (response.status !== 404 && response.status !== 410)
      return response;
    if (html && await Queue.holdsAny(secretOf(url)!).catch(() => false))
      return opened(html);
    await copy?.drop();
    return response;
  } catch {
    return html ? opened(html) : Response.error();
  }
}

function opened(html: string): Response {
  return new Response(html, {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer' },
  });
}

async function file(request: Request): Promise<Response> {
  return await (await caches.open(cacheName)).match(request.url) ?? fetch(request);
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return Promise.race([work, new Promise<never>((_, refuse) => setTimeout(() => refuse(new Error('no answer')), milliseconds))]);
}
