import type { Receipt } from './delivery';
import type { HandedIn } from './outbox';

/** The places of those who signed together, as a reader says them. */
export function numbersOf({ number }: Receipt, { request }: HandedIn): string {
  return new Intl.ListFormat(document.documentElement.lang).format(request.signers.map((_, i) => String(number + i)));
}
