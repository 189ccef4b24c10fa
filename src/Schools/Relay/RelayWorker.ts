// The service worker of relay pages: serves the stored page where there is no network (page-cache.ts). It does not handle other pages of a
// class.
import { cacheName, PageCache, removeExpired, secretOf } from './page-cache';
import { Queue } from './queue';

/** In milliseconds. Without an answer for so long the stored page is served. */
const networkTimeout = 8000;
/** As the server sends with a page, see src/Operations/SecurityHeaders.cs. */
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
  + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

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
worker.addEventListener('activate', event => event.waitUntil(Promise.all([worker.clients.claim(), removeExpired()])));
worker.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin)
    return;
  if (event.request.mode === 'navigate') {
    if (secretOf(url))
      event.respondWith(openPage(event.request, url));
  } else if (/^\/(dist|img)\//.test(url.pathname)) {
    event.respondWith(fetchFile(event.request));
  }
});

/**
 * The page from the network, or without one as it was stored. When the link is refused the stored page is deleted, unless entries wait in
 * the queue: then it is served, to show them and to save them as a file for another device.
 */
async function openPage(request: Request, url: URL): Promise<Response> {
  const cache = await PageCache.open(url);
  const html = await cache?.html();
  try {
    const response = await (html ? withTimeout(networkTimeout, fetch(request)) : fetch(request));
    if (response.status !== 404 && response.status !== 410)
      return response;
    if (html && await Queue.holdsAny(secretOf(url)!).catch(() => false))
      return toResponse(html);
    await cache?.remove();
    return response;
  } catch {
    return html ? toResponse(html) : Response.error();
  }
}

function toResponse(html: string): Response {
  return new Response(html, {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer' },
  });
}

async function fetchFile(request: Request): Promise<Response> {
  return await (await caches.open(cacheName)).match(request.url) ?? fetch(request);
}

function withTimeout<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return Promise.race([work, new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no answer')), milliseconds))]);
}
