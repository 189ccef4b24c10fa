// What the page needs only once somebody signs: fetched soon after the page is shown, and cached.
import type * as Later from './PhoneLater';

const slowAfter = 3000; // ms, as in delivery.ts
const retryDelay = 3000; // ms

/** Loads once; after a failure the next call tries again. */
function loadOnce<T>(load: (query: string) => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  let tries = 0;
  // Browsers cache a failed module import by address; another query string makes it a new request.
  return () => loading ??= load(tries++ ? `?${tries}` : '').catch(error => {
    loading = null;
    throw error;
  });
}

/** Called once the script is loaded, whether its style sheet is or not. */
export const loadListeners: ((it: typeof Later) => void)[] = [];

// By names without fingerprint: a page opened before a new release still finds them. So the exports of PhoneLater.ts may grow but not
// change.
const loadScript = loadOnce<typeof Later>(query => {
  const loading: Promise<typeof Later> = import(`/dist/PhoneLater.js${query}`);
  loading.then(module => loadListeners.forEach(listener => listener(module)), () => {});
  return loading;
});

const loadStyle = loadOnce(query => {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = `/dist/PhoneLater.css${query}`;
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = reject;
  });
});

/** The script, once its style sheet is loaded too. */
export async function loadLater(): Promise<typeof Later> {
  const [module] = await Promise.all([loadScript(), loadStyle()]);
  return module;
}

/**
 * Retries until the script is loaded, and does not wait for its style sheet, without which a request can be sent. `onDelay` is called after
 * as long as for a slow request (delivery.ts).
 */
export async function loadLaterWithRetry(onDelay: () => void): Promise<typeof Later> {
  setTimeout(onDelay, slowAfter);
  for (;;)
    try {
      return await loadScript();
    } catch {
      onDelay();
      await new Promise(resolve => setTimeout(resolve, retryDelay));
    }
}
