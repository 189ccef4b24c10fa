import type { Receipt } from './delivery';

/** The numbers of those who signed together, as a list; of more than two as a range. */
export function formatNumbers({ number }: Pick<Receipt, 'number'>, people: number): string {
  const last = number + people - 1;
  return people > 2 ? `${number}–${last}`
    : new Intl.ListFormat(document.documentElement.lang).format(people > 1 ? [`${number}`, `${last}`] : [`${number}`]);
}
