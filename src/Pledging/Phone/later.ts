// What the page needs only once somebody signs: fetched soon after the page is shown, and cached.
import type * as Later from './PhoneLater';

/** Loads once; what has failed is tried again by whoever asks next. */
function once<T>(load: (again: string) => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  let tries = 0;
  // Browsers cache a failed module import by address; another query string makes it a new request.
  return () => loading ??= load(tries++ ? `?${tries}` : '').catch(gone => {
    loading = null;
    throw gone;
  });
}

/** Told once the script is there, whoever asked for it, and whether its style sheet comes or not. */
export const ready: ((it: typeof Later) => void)[] = [];

// By names without fingerprint: a page opened before a new release still finds them. So what PhoneLater.ts offers may grow but
// not change.
const script = once<typeof Later>(again => {
  const loading: Promise<typeof Later> = import(`/dist/PhoneLater.js${again}`);
  loading.then(module => ready.forEach(tell => tell(module)), () => {});
  return loading;
});

const style = once(again => {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = `/dist/PhoneLater.css${again}`;
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = reject;
  });
});

/** The script, once it can be shown as it is meant. */
export async function later(): Promise<typeof Later> {
  const [module] = await Promise.all([script(), style()]);
  return module;
}

/**
 * The script for what cannot be done without: tries until it is there, and sends though its style sheet never comes. A reader is not
 * left without a word for longer than while a request is sent (delivery.ts).
 */
export async function laterForCertain(waits: () => void): Promise<typeof Later> {
  setTimeout(waits, 3000);
  for (;;)
    try {
      return await script();
    } catch {
      waits();
      await new Promise(resolve => setTimeout(resolve, 3000));
    }
}
