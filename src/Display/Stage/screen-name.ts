const kept = 'stage-screen';

/** What this screen calls itself towards the host: a UUID, the same after a reload. */
export function screenName(): string {
  const random = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
  const name = random.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  try {
    return sessionStorage[kept] ??= name;
  } catch {
    return name; // Storage is closed; it is another screen after a reload.
  }
}
