// What a form keeps in this tab for a day, through a reload and Back.

const day = 86_400_000; // ms

export function store(name: string, kept: { at: number } | null): void {
  try {
    if (kept)
      sessionStorage.setItem(name, JSON.stringify(kept));
    else
      sessionStorage.removeItem(name);
  } catch {
    // a browser that stores nothing keeps no draft
  }
}

export function load<T extends { at: number }>(name: string): T | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name)!) as T | null;
    if (kept && Date.now() - kept.at < day)
      return kept;
    sessionStorage.removeItem(name);
  } catch {
    // forbidden, or not ours
  }
  return null;
}
