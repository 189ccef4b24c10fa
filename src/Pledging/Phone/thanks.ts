// The third step: the number, the receipt, the certificate. The history entry keeps the receipt's address and no name, so that
// a reload, and Back and Forward, come to the same again.
import { followCertificate } from '../certificate';
import { keepArrived, type Arrived } from './arrived';
import type { Receipt } from './delivery';
import { leavesForLanguage } from './language';
import { offerToRemember } from './mine';
import { numbersOf } from './numbers';

interface Done { receipt: Receipt; people: number; place: string; code?: string; classId?: number | null }

let last: Done | null = null;

interface At { code: string; request: { classId: number | null; signers: { classId?: number | null }[] } }

/**
 * `place` is the class in words, for the list on this phone; empty where there is none, and for two children, of whom each has its own.
 * A page from before says no more than that.
 */
export function showThanks(receipt: Receipt, people: number, place: string, at?: At): void {
  const classId = at?.request.classId ?? at?.request.signers[0]?.classId;
  const option = document.querySelector<HTMLOptionElement>(`#Form_Class [value="${classId}"]`);
  const it: Done = { receipt, people, place: place || (classId && option?.text) || '', code: at?.code, classId };
  history.replaceState(it, '', '#done');
  show(it);
  if (leavesForLanguage())
    keepArrived(thanked()!);
}

/** What was shown last, without a name. */
export function thanked(): Arrived | null {
  return last && { receipt: last.receipt.receipt, number: last.receipt.number, people: last.people };
}

/** What the history entry says was signed is shown again. */
export function showAgain(): void {
  const it = history.state as Partial<Done> | null;
  if (location.hash === '#done' && it?.receipt)
    show(it as Done);
}

function show(it: Done): void {
  last = it;
  const { receipt, people, place, code, classId } = it;
  const done = document.getElementById('done')!;
  const shown = done.querySelector<HTMLElement>('.thanks-number')!;
  const big = document.createElement('strong');
  big.textContent = numbersOf(receipt, people);
  const words = people > 1 ? shown.dataset.together! : shown.dataset.words!;
  const [before = '', after = ''] = words.split('{0}');
  shown.replaceChildren(before, big, after);
  done.querySelector('.thanks-verification')!.textContent = receipt.verification;
  done.querySelector<HTMLAnchorElement>('.receipt')!.href = `/r/${receipt.receipt}`;
  showCertificates(done, `/r/${receipt.receipt}/certificate.png`, people - 1);
  offerToRemember({ receipt: receipt.receipt, place, at: receipt.signedAt, code, classId });
}

/** One of their own for each of several children, who sign with one parent. */
function showCertificates(done: HTMLElement, address: string, children: number): void {
  const [figure, ...others] = [...done.querySelectorAll<HTMLElement>('.certificate')] as [HTMLElement, ...HTMLElement[]];
  others.forEach(other => other.remove());
  showCertificate(figure, children > 1 ? `${address}?child=1` : address);
  for (let child = children; child > 1; child--) {
    const other = figure.cloneNode(true) as HTMLElement;
    figure.after(other);
    showCertificate(other, `${address}?child=${child}`);
  }
}

function showCertificate(figure: HTMLElement, address: string): void {
  figure.querySelector('img')!.src = address;
  followCertificate(figure);
}
