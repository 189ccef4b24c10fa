const storageKey = 'stage-screen';

/** The id of this screen in reports to the host: a UUID that is kept over a reload. */
export function screenName(): string {
  const random = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
  const name = random.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  try {
    return sessionStorage[storageKey] ??= name;
  } catch {
    return name; // Storage is forbidden; it is another screen after a reload.
  }
}
