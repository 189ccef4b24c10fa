import type { Receipt } from './delivery';

/** The places of those who signed together, as a reader says them. */
export function numbersOf({ number }: Receipt, people: number): string {
  return new Intl.ListFormat(document.documentElement.lang).format(Array.from({ length: people }, (_, i) => String(number + i)));
}
