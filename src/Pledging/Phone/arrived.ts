// Receipts of requests that were answered while the page showed something else, without names: stored in this tab until each has been
// opened or removed from the list.

export interface ArrivedReceipt {
  receipt: string;
  number: number;
  people: number;
  /** Submitted by others than those who hold the phone now, for all that is known (own-submissions.ts). */
  unclaimed?: boolean;
}

const storageKey = 'arrived';

export function loadArrived(): ArrivedReceipt[] {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]') as ArrivedReceipt[];
    return stored.filter(it => /^[\w-]+$/.test(it.receipt) && it.number > 0 && it.people > 0);
  } catch {
    return []; // forbidden, or not ours
  }
}

export function saveArrived(it: ArrivedReceipt): void {
  store([...loadArrived().filter(other => other.receipt !== it.receipt), it]);
}

export function removeArrived(receipt: string): void {
  if (loadArrived().some(it => it.receipt === receipt))
    store(loadArrived().filter(it => it.receipt !== receipt));
}

function store(all: ArrivedReceipt[]): void {
  try {
    if (all.length > 0)
      sessionStorage.setItem(storageKey, JSON.stringify(all));
    else
      sessionStorage.removeItem(storageKey);
  } catch {
    // forbidden, or full: the line is there until the page is closed
  }
}
