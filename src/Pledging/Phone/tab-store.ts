// Stores a form's draft in this tab for a day, through a reload and Back.

const day = 86_400_000; // ms

export function store(name: string, value: { at: number } | null): void {
  try {
    if (value)
      sessionStorage.setItem(name, JSON.stringify(value));
    else
      sessionStorage.removeItem(name);
  } catch {
    // a browser that stores nothing keeps no draft
  }
}

export function load<T extends { at: number }>(name: string): T | null {
  try {
    const value = JSON.parse(sessionStorage.getItem(name)!) as T | null;
    if (value && Date.now() - value.at < day)
      return value;
    sessionStorage.removeItem(name);
  } catch {
    // forbidden, or not ours
  }
  return null;
}
