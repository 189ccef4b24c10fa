// Submitted requests without an answer. They are in the phone's storage before the first send, so that neither
// a reload nor a closed page loses it. What is in it is read by what loads later (handed-in.ts).
import type { SignRequest } from './delivery';

/** A request on its way: to which event, and by whom as the form asks it. */
export interface HandedIn {
  code: string;
  party: string;
  request: SignRequest;
  /** When it was handed in, by the phone's clock; not known of those from before it was kept. */
  at?: number;
}

const prefix = 'waiting:';

export class Outbox {
  /** The storage is asked for anew each time: where it is forbidden, naming it throws. */
  constructor(private readonly storage: () => Storage) {}

  /** Answers whether it now outlives the page. */
  keep(it: HandedIn): boolean {
    try {
      this.storage().setItem(prefix + it.request.key, JSON.stringify(it));
      return true;
    } catch {
      return false; // forbidden, or full
    }
  }

  forget(key: string): void {
    try {
      this.storage().removeItem(prefix + key);
    } catch {
      // then it was never kept
    }
  }
}
