// Receipts of what arrived while something else stood on the page, without a name: kept in this tab until each has been opened or is
// taken off the list, so that a reload loses none.

export interface Arrived { receipt: string; number: number; people: number }

const name = 'arrived';

export function arrived(): Arrived[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? '[]') as Arrived[];
    return kept.filter(it => /^[\w-]+$/.test(it.receipt) && it.number > 0 && it.people > 0);
  } catch {
    return []; // forbidden, or not ours
  }
}

export function keepArrived(it: Arrived): void {
  store([...arrived().filter(other => other.receipt !== it.receipt), it]);
}

export function dropArrived(receipt: string): void {
  if (arrived().some(it => it.receipt === receipt))
    store(arrived().filter(it => it.receipt !== receipt));
}

function store(all: Arrived[]): void {
  try {
    if (all.length > 0)
      sessionStorage.setItem(name, JSON.stringify(all));
    else
      sessionStorage.removeItem(name);
  } catch {
    // forbidden, or full: then its line is there until the page goes
  }
}
