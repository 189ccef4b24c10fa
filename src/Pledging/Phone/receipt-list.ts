// The receipts that this phone remembers (saved-receipts.ts), in its storage.

/**
 * `place` is the class in words, `at` when it was signed, `title` that of the event; those of an older release have no event, no class id,
 * no time and no title.
 */
export interface SavedReceipt { receipt: string; place: string; at?: string; code?: string; title?: string; classId?: number | null }

const storageKey = 'signed';

export function loadSavedReceipts(getStorage: () => Storage = () => localStorage): SavedReceipt[] {
  try {
    const stored = JSON.parse(getStorage().getItem(storageKey) ?? '[]') as SavedReceipt[];
    return stored.filter(it => /^[\w-]+$/.test(it.receipt) && typeof it.place === 'string');
  } catch {
    return []; // forbidden, or not ours
  }
}

/** Returns whether they are stored. */
export function storeReceipts(receipts: SavedReceipt[], getStorage: () => Storage = () => localStorage): boolean {
  try {
    if (receipts.length > 0)
      getStorage().setItem(storageKey, JSON.stringify(receipts));
    else
      getStorage().removeItem(storageKey);
    return true;
  } catch {
    return false; // forbidden, or full
  }
}

/** Removes a receipt whose pledge is withdrawn, or which does not exist any more. */
export function removeSavedReceipt(receipt: string, getStorage: () => Storage = () => localStorage): void {
  const [stored, others] = [loadSavedReceipts(getStorage), loadSavedReceipts(getStorage).filter(it => it.receipt !== receipt)];
  if (others.length < stored.length)
    storeReceipts(others, getStorage);
}
