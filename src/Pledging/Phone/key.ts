/**
 * Another key for the same page: the last three bytes of a key are the phone's to choose, and with any others it is still
 * one that the server has issued (src/Campaigns/SigningKeys.cs), even where it was made without a network.
 */
export function nextKey(issued: string): string {
  return issued.slice(0, -6) + [...crypto.getRandomValues(new Uint8Array(3))].map(b => b.toString(16).padStart(2, '0')).join('');
}
