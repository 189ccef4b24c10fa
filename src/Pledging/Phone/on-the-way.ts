// The line above the page about stored requests that are not those of the form: another event's, or the
// family's before this one.
import { loadArrived, removeArrived, saveArrived, type ArrivedReceipt } from './arrived';
import type { Final } from './delivery';
import { formatNumbers } from './numbers';
import { allSubmissions } from './submissions';
import type { Outbox, Submission } from './outbox';

export class OnTheWay {
  private readonly lines = new Map<string, HTMLElement>();

  constructor(private readonly box: HTMLElement, private readonly outbox: Outbox) {
    for (const it of loadArrived())
      this.showArrived(it.receipt, it);
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

  showAnswer(it: Submission, answer: Final): void {
    const { refused, ended, look, discard, closed } = this.box.dataset;
    const { key, slip, signers } = it.request;
    if (answer.kind === 'signed') {
      const { receipt, number } = answer.receipt;
      saveArrived({ receipt, number, people: signers.length });
      return this.showArrived(key, { receipt, number, people: signers.length });
    }
    const discardButton = button(discard!, () => {
      this.outbox.forget(key);
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

  private showArrived(
    key: string, it: ArrivedReceipt, text = this.box.dataset.arrived!.replace('{0}', formatNumbers(it, it.people)),
  ): void {
    const forget = document.querySelector('.mine button')!.textContent!;
    this.setLine(key, text, link(this.box.dataset.receipt!, `/r/${it.receipt}`), button(forget, () => {
      removeArrived(it.receipt);
      this.remove(key);
    }));
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
    this.lines.get(key)!.remove();
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
