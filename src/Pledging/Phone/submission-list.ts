// The line above the page about stored requests that are not those of the form: another event's, or the
// family's before this one.
import { loadArrived, removeArrived, saveArrived, type ArrivedReceipt } from './arrived';
import type { Final } from './delivery';
import { observeFirstStep } from './first-step';
import { formatNumbers } from './numbers';
import { allSubmissions } from './submissions';
import type { Outbox, Submission } from './outbox';
import { isOwn, setOwn } from './own-submissions';

export class SubmissionList {
  private readonly lines = new Map<string, HTMLElement>();
  /** Waiting for the answer to whose it is. */
  private readonly asked = new Set<string>();
  /** Why they were refused, of requests of which it is not known whose they are. */
  private readonly refusals = new Map<string, Final>();
  /** In the form, which shows the answer. */
  private readonly inForm = new Set<string>();

  constructor(private readonly box: HTMLElement, private readonly outbox: Outbox) {
    for (const it of loadArrived())
      this.showArrived(it.receipt, it);
    // Whoever signs now reads that another signature has arrived, and no more.
    observeFirstStep(isShown => box.classList.toggle('on-other-step', !isShown));
  }

  /** "We signed it"; a page that was opened before a new release has not these words. */
  private get ours(): string {
    return this.box.dataset.ours ?? this.box.dataset.look!;
  }

  /** Whether a request has a line. */
  has(key: string): boolean {
    return this.lines.has(key);
  }

  showWaiting(it: Submission): void {
    // Where signing has ended the line says so, also while the request is sent again.
    if (!this.has(it.request.key))
      this.setLine(it.request.key,
        this.isStored(it) ? this.box.dataset.waits! : document.querySelector<HTMLElement>('.waiting')!.dataset.unkept!);
  }

  /** Asks whose a request is that was submitted before the page was opened; `onOurs` may show its names. */
  ask(it: Submission, onOurs: () => void): void {
    const { key } = it.request;
    const others = document.querySelector('#done [href="#know"]')?.textContent; // a slip is one child's
    const answer = (act: () => void) => () => {
      this.asked.delete(key);
      this.remove(key);
      act();
    };
    this.asked.add(key);
    this.setLine(key, this.box.dataset.waits!, button(this.ours, answer(onOurs)),
      ...others ? [button(others, answer(() => this.showOthers(it)))] : []);
    this.lines.get(key)!.className = 'unclaimed';
  }

  /** It is not theirs who hold the phone: that it waits, or why it was refused meanwhile. */
  private showOthers(it: Submission): void {
    const refusal = this.refusals.get(it.request.key);
    if (refusal)
      this.showAnswer(it, refusal);
    else
      this.showWaiting(it);
  }

  /** The form has the request now; until it is left there for somebody else, its answer is the form's to show. */
  leaveToForm(key: string): void {
    this.inForm.add(key);
  }

  takeBack(key: string): void {
    this.inForm.delete(key);
  }

  showAnswer(it: Submission, answer: Final): void {
    const { refused, ended, look, discard, closed } = this.box.dataset;
    const { key, slip, signers } = it.request;
    // The reason of a refusal stands in the form, for those whose it is.
    if (this.inForm.has(key))
      return;
    if (this.asked.has(key) && answer.kind === 'refused') {
      this.refusals.set(key, answer);
      return;
    }
    this.asked.delete(key);
    if (answer.kind === 'signed') {
      const { receipt, number } = answer.receipt;
      const arrived = { receipt, number, people: signers.length, unclaimed: !isOwn(key) };
      setOwn(key, false);
      saveArrived(arrived);
      return this.showArrived(key, arrived);
    }
    const discardButton = button(discard!, () => {
      this.outbox.forget(key);
      setOwn(key, false);
      this.remove(key);
    });
    if (answer.kind === 'ended' && this.isStored(it))
      return this.setLine(key, ended!, discardButton);
    // The event's page shows a refused request in its form, with the reason; while signing is closed it has no form.
    const links = answer.kind === 'ended' || it.code === closed ? [] : [link(look!, slip ? `/s/${slip}` : `/e/${it.code}`)];
    this.setLine(key, refused!.replace('{0}', answer.problem.detail || answer.problem.title), ...links, discardButton);
  }

  /** After Back from the thanks: a line with their words and the receipt. */
  showThanked(it: ArrivedReceipt): void {
    saveArrived(it);
    const text = ['h1', '.thanks-number'].map(selector => document.querySelector(`#done ${selector}`)!.textContent);
    this.showArrived(it.receipt, it, text.join(' · '));
  }

  /** Removes the line of a receipt, on this page and in this tab: the phone is handed to somebody else. */
  removeReceipt(receipt: string): void {
    removeArrived(receipt);
    if (this.has(receipt))
      this.remove(receipt);
  }

  /** Somebody signs now: the receipts in the list are those of others, for all that is known. */
  unclaim(): void {
    for (const [key, line] of this.lines) {
      const it = loadArrived().find(arrived => line.querySelector('a')?.pathname === `/r/${arrived.receipt}`);
      if (!it)
        continue;
      saveArrived({ ...it, unclaimed: true });
      this.showArrived(key, { ...it, unclaimed: true });
    }
  }

  private showArrived(
    key: string, it: ArrivedReceipt, text = this.box.dataset.arrived!.replace('{0}', formatNumbers(it, it.people)),
  ): void {
    const forget = document.querySelector('.mine button')!.textContent!;
    const claim = () => {
      const claimed = { ...it, unclaimed: false };
      saveArrived(claimed);
      this.showArrived(key, claimed, text);
      this.lines.get(key)!.querySelector('a')!.focus();
    };
    this.setLine(key, text,
      it.unclaimed ? button(this.ours, claim) : link(this.box.dataset.receipt!, `/r/${it.receipt}`),
      button(forget, () => {
        removeArrived(it.receipt);
        this.remove(key);
      }));
    this.lines.get(key)!.className = it.unclaimed ? 'unclaimed' : '';
  }

  /** False on a phone that stores nothing: it has the request for as long as the page is open. */
  private isStored(it: Submission): boolean {
    return allSubmissions().some(stored => stored.request.key === it.request.key);
  }

  private setLine(key: string, text: string, ...actions: HTMLElement[]): void {
    const line = this.lines.get(key) ?? document.createElement('li');
    this.lines.set(key, line);
    line.replaceChildren(text, ...actions.flatMap(action => [' ', action]));
    this.box.querySelector('ul')!.append(line);
    this.box.hidden = false;
  }

  private remove(key: string): void {
    this.lines.get(key)?.remove();
    this.lines.delete(key);
    this.box.hidden = this.box.querySelector('li') === null;
  }
}

function link(text: string, address: string): HTMLElement {
  const link = document.createElement('a');
  link.href = address;
  link.textContent = text;
  return link;
}

function button(text: string, onClick: () => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = text;
  button.addEventListener('click', onClick);
  return button;
}
