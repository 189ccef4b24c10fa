// Reads the outbox. Not in outbox.ts, which belongs to the first script: a module that both scripts import would become a third file, and
// one more round trip before the page can be used.
import type { Submission } from './outbox';

const prefix = 'waiting:';

/** Oldest first. */
export function allSubmissions(getStorage: () => Storage = () => localStorage): Submission[] {
  try {
    const storage = getStorage();
    return Object.keys(storage).filter(name => name.startsWith(prefix)).sort()
      .flatMap(name => read(storage.getItem(name)) ?? [])
      .sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  } catch {
    return [];
  }
}

function read(json: string | null): Submission | null {
  try {
    const it = JSON.parse(json!) as Submission;
    return typeof it.code === 'string' && typeof it.request.key === 'string' ? it : null;
  } catch {
    return null;
  }
}
