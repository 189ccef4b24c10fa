/** A UUID, version 7: time-ordered, as the ledger likes its keys. For when the key that came with the page is used up. */
export function newKey(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++)
    bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = bytes[6]! & 0x0f | 0x70;
  bytes[8] = bytes[8]! & 0x3f | 0x80;
  const hex = [...bytes].map(b => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
