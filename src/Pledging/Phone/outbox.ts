// Submitted requests without an answer. They are in the phone's storage before the first send, so that neither a reload nor a closed page
// loses it. submissions.ts, in the second script, reads it.
import type { SignRequest } from './delivery';

/** A submitted request: its event, and the party that was chosen in the form. */
export interface Submission {
  code: string;
  party: string;
  request: SignRequest;
  /** When it was submitted, by the phone's clock; absent where an older release stored it. */
  at?: number;
}

const prefix = 'waiting:';

export class Outbox {
  /** A function, called each time: where storage is forbidden, reading `localStorage` throws. */
  constructor(private readonly storage: () => Storage) {}

  /** Returns whether it is stored. */
  keep(it: Submission): boolean {
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
      // then nothing is stored
    }
  }
}
