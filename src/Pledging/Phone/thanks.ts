// The third step: the number, the receipt, the certificate. The history entry keeps the receipt's address and no name, so that
// a reload, and Back and Forward, come to the same again.
import { loadCertificate } from '../certificate';
import { saveArrived, type ArrivedReceipt } from './arrived';
import type { Receipt } from './delivery';
import { isChangingLanguage } from './language';
import { initRememberCheckbox, titleOfEvent } from './saved-receipts';
import { formatNumbers } from './numbers';

interface ThanksState { receipt: Receipt; people: number; place: string; code?: string; classId?: number | null }

const thanks = () => document.getElementById('done')!;

let last: ThanksState | null = null;

interface SubmittedFor { code: string; request: { classId: number | null; signers: { classId?: number | null }[] } }

/**
 * `place` is the class in words, for the list on this phone; empty where there is none, and for two children, of whom each has its own. A
 * page of an older release passes no `at`.
 */
export function showThanks(receipt: Receipt, people: number, place: string, at?: SubmittedFor): void {
  const classId = at?.request.classId ?? at?.request.signers[0]?.classId;
  const option = document.querySelector<HTMLOptionElement>(`#Form_Class [value="${classId}"]`);
  const it: ThanksState = { receipt, people, place: place || (classId && option?.text) || '', code: at?.code, classId };
  history.replaceState(it, '', '#done');
  show(it);
  if (isChangingLanguage())
    saveArrived(lastThanks()!);
}

/** What was shown last, without a name. */
export function lastThanks(): ArrivedReceipt | null {
  return last && { receipt: last.receipt.receipt, number: last.receipt.number, people: last.people };
}

/** Shows the thanks again that the history entry holds. */
export function showThanksFromHistory(): void {
  const it = history.state as Partial<ThanksState> | null;
  if (location.hash === '#done' && it?.receipt)
    show(it as ThanksState);
}

/**
 * Of a page that has no thanks, since signing has ended or the slip is used: what its history entry holds goes into the list of receipts
 * above the page.
 */
export function listThanksFromHistory(): void {
  const it = history.state as Partial<ThanksState> | null;
  if (location.hash === '#done' && it?.receipt)
    saveArrived({ receipt: it.receipt.receipt, number: it.receipt.number, people: it.people! });
}

/**
 * "Let someone else sign": Back, Forward and a reload show the thanks, the receipt and the certificate no more. `onLeave` gets the receipt.
 */
export function replaceThanksForNext(onLeave: (receipt: string) => void): void {
  thanks().addEventListener('click', event => {
    if (!last || !(event.target as Element).matches('[href="#know"]') || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    event.preventDefault();
    const { receipt } = last.receipt;
    last = null;
    thanks().querySelector('.receipt')!.removeAttribute('href');
    thanks().querySelectorAll('.certificate img').forEach(image => image.removeAttribute('src'));
    history.replaceState({ handedOver: true }, '', '#know'); // empty-screens.ts
    history.pushState(null, '', '#know'); // removes what Forward would lead to, such as the receipt
    dispatchEvent(new HashChangeEvent('hashchange')); // steps.ts shows the first step
    onLeave(receipt);
  });
}

function show(it: ThanksState): void {
  last = it;
  const { receipt, people, place, code, classId } = it;
  const done = thanks();
  const numberLine = done.querySelector<HTMLElement>('.thanks-number')!;
  const number = document.createElement('strong');
  number.textContent = formatNumbers(receipt, people);
  const template = people > 1 ? numberLine.dataset.together! : numberLine.dataset.words!;
  const [before = '', after = ''] = template.split('{0}');
  numberLine.replaceChildren(before, number, after);
  done.querySelector('.thanks-verification')!.textContent = receipt.verification;
  done.querySelector<HTMLAnchorElement>('.receipt')!.href = `/r/${receipt.receipt}`;
  showCertificates(done, `/r/${receipt.receipt}/certificate.png`, people - 1);
  initRememberCheckbox({ receipt: receipt.receipt, place, at: receipt.signedAt, code, title: titleOfEvent(), classId });
}

/** One for each child that signed with the parent. */
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
  loadCertificate(figure);
}
