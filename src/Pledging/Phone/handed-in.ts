// What is in the outbox (outbox.ts), which is the page's own script: what both import would be a third file, and a trip more before the
// page stands.
import type { HandedIn } from './outbox';

const prefix = 'waiting:';

/** Oldest first. */
export function allHandedIn(phone: () => Storage = () => localStorage): HandedIn[] {
  try {
    const storage = phone();
    return Object.keys(storage).filter(name => name.startsWith(prefix)).sort()
      .flatMap(name => read(storage.getItem(name)) ?? [])
      .sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  } catch {
    return [];
  }
}

function read(kept: string | null): HandedIn | null {
  try {
    const it = JSON.parse(kept!) as HandedIn;
    return typeof it.code === 'string' && typeof it.request.key === 'string' ? it : null;
  } catch {
    return null;
  }
}
