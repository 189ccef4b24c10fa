// What the page needs only once somebody signs: fetched soon after the page is shown, and cached.
import type * as Later from './PhoneLater';

let loading: Promise<typeof Later> | null = null;
let tries = 0;

/**
 * By a name without fingerprint: a page opened before a new release still finds it. So what PhoneLater.ts offers may
 * grow but not change.
 */
export function later(): Promise<typeof Later> {
  loading ??= load().catch(gone => {
    loading = null; // the next one who asks tries again
    throw gone;
  });
  return loading;
}

async function load(): Promise<typeof Later> {
  // Browsers cache a failed module import by address; another query string makes it a new request.
  const again = tries++ ? `?${tries}` : '';
  const [module] = await Promise.all([import(`/dist/PhoneLater.js${again}`), style(`/dist/PhoneLater.css${again}`)]);
  return module;
}

function style(address: string): Promise<unknown> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = address;
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = reject;
  });
}

/** The same for what cannot be done without: tries until it is there. */
export async function laterForCertain(waits: () => void): Promise<typeof Later> {
  for (;;)
    try {
      return await later();
    } catch {
      waits();
      await new Promise(resolve => setTimeout(resolve, 3000));
    }
}
