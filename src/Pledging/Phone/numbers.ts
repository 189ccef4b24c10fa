import type { Receipt } from './delivery';

/** The places of those who signed together, as a reader says them; more than two as a range. */
export function numbersOf({ number }: Pick<Receipt, 'number'>, people: number): string {
  const last = number + people - 1;
  return people > 2 ? `${number}–${last}`
    : new Intl.ListFormat(document.documentElement.lang).format(people > 1 ? [`${number}`, `${last}`] : [`${number}`]);
}
