// The third step: the number, the receipt, the certificate.
import type { Receipt } from './delivery';
import { later } from './later';
import { numbersOf } from './numbers';
import type { HandedIn } from './outbox';

export function showThanks(receipt: Receipt, it: HandedIn): void {
  const done = document.getElementById('done')!;
  const shown = done.querySelector<HTMLElement>('.thanks-number')!;
  const big = document.createElement('strong');
  big.textContent = numbersOf(receipt, it);
  const words = it.request.signers.length > 1 ? shown.dataset.together! : shown.dataset.words!;
  const [before = '', after = ''] = words.split('{0}');
  shown.replaceChildren(before, big, after);
  done.querySelector('.thanks-verification')!.textContent = receipt.verification;
  done.querySelector<HTMLAnchorElement>('.receipt')!.href = `/r/${receipt.receipt}`;
  showCertificate(done.querySelector<HTMLElement>('.certificate')!, `/r/${receipt.receipt}/certificate.png`);
}

function showCertificate(figure: HTMLElement, address: string): void {
  figure.querySelector('img')!.src = address;
  void later().then(({ followCertificate }) => followCertificate(figure), () => null);
}
