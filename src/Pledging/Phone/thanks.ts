// The third step: the number, the receipt, the certificate. The history entry keeps the receipt's address and no name, so that
// a reload, and Back and Forward, come to the same again.
import { followCertificate } from '../certificate';
import type { Receipt } from './delivery';
import { offerToRemember } from './mine';
import { numbersOf } from './numbers';

interface Done { receipt: Receipt; people: number; place: string }

/** `place` is the class in words, for the list on this phone; empty where there is none. */
export function showThanks(receipt: Receipt, people: number, place: string): void {
  const it: Done = { receipt, people, place };
  history.replaceState(it, '', '#done');
  show(it);
}

/** What the history entry says was signed is shown again. */
export function showAgain(): void {
  const it = history.state as Partial<Done> | null;
  if (location.hash === '#done' && it?.receipt)
    show(it as Done);
}

function show({ receipt, people, place }: Done): void {
  const done = document.getElementById('done')!;
  const shown = done.querySelector<HTMLElement>('.thanks-number')!;
  const big = document.createElement('strong');
  big.textContent = numbersOf(receipt, people);
  const words = people > 1 ? shown.dataset.together! : shown.dataset.words!;
  const [before = '', after = ''] = words.split('{0}');
  shown.replaceChildren(before, big, after);
  done.querySelector('.thanks-verification')!.textContent = receipt.verification;
  done.querySelector<HTMLAnchorElement>('.receipt')!.href = `/r/${receipt.receipt}`;
  showCertificate(done.querySelector<HTMLElement>('.certificate')!, `/r/${receipt.receipt}/certificate.png`);
  offerToRemember({ receipt: receipt.receipt, place });
}

function showCertificate(figure: HTMLElement, address: string): void {
  figure.querySelector('img')!.src = address;
  followCertificate(figure);
}
