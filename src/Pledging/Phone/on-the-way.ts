// The line above the page about stored requests that are not those of the form: another event's, or the
// family's before this one.
import { arrived, dropArrived, keepArrived, type Arrived } from './arrived';
import type { Final } from './delivery';
import { numbersOf } from './numbers';
import { allHandedIn } from './handed-in';
import type { HandedIn, Outbox } from './outbox';

export class OnTheWay {
  private readonly lines = new Map<string, HTMLElement>();

  constructor(private readonly box: HTMLElement, private readonly outbox: Outbox) {
    for (const it of arrived())
      this.showArrived(it.receipt, it);
  }

  /** Whether a request has a line, and nobody has taken it away. */
  shows(key: string): boolean {
    return this.lines.has(key);
  }

  waits(it: HandedIn): void {
    // One that signing was over for is sent again in silence.
    if (!this.shows(it.request.key))
      this.say(it.request.key,
        this.isKept(it) ? this.box.dataset.waits! : document.querySelector<HTMLElement>('.waiting')!.dataset.unkept!);
  }

  ended(it: HandedIn, answer: Final): void {
    const { refused, ended, look, discard, closed } = this.box.dataset;
    const { key, slip, signers } = it.request;
    if (answer.kind === 'signed') {
      const { receipt, number } = answer.receipt;
      keepArrived({ receipt, number, people: signers.length });
      return this.showArrived(key, { receipt, number, people: signers.length });
    }
    const way = button(discard!, () => {
      this.outbox.forget(key);
      this.takeAway(key);
    });
    if (answer.kind === 'ended' && this.isKept(it))
      return this.say(key, ended!, way);
    // The page that it was written on shows it in its form, with the reason; while signing is closed that has none.
    const ways = answer.kind === 'ended' || it.code === closed ? [] : [link(look!, slip ? `/s/${slip}` : `/e/${it.code}`)];
    this.say(key, refused!.replace('{0}', answer.problem.detail || answer.problem.title), ...ways, way);
  }

  /** Whoever goes back from the thanks finds a line of them, with the receipt. */
  thanked(it: Arrived): void {
    keepArrived(it);
    const words = ['h1', '.thanks-number'].map(part => document.querySelector(`#done ${part}`)!.textContent);
    this.showArrived(it.receipt, it, words.join(' · '));
  }

  private showArrived(key: string, it: Arrived, words = this.box.dataset.arrived!.replace('{0}', numbersOf(it, it.people))): void {
    const forget = document.querySelector('.mine button')!.textContent!;
    this.say(key, words, link(this.box.dataset.receipt!, `/r/${it.receipt}`), button(forget, () => {
      dropArrived(it.receipt);
      this.takeAway(key);
    }));
  }

  /** A phone that stores nothing has it for as long as the page is open. */
  private isKept(it: HandedIn): boolean {
    return allHandedIn().some(kept => kept.request.key === it.request.key);
  }

  private say(key: string, words: string, ...ways: HTMLElement[]): void {
    const line = this.lines.get(key) ?? document.createElement('li');
    this.lines.set(key, line);
    line.replaceChildren(words, ...ways.flatMap(way => [' ', way]));
    this.box.querySelector('ul')!.append(line);
    this.box.hidden = false;
  }

  private takeAway(key: string): void {
    this.lines.get(key)!.remove();
    this.lines.delete(key);
    this.box.hidden = this.box.querySelector('li') === null;
  }
}

function link(words: string, address: string): HTMLElement {
  const link = document.createElement('a');
  link.href = address;
  link.textContent = words;
  return link;
}

function button(words: string, pressed: () => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = words;
  button.addEventListener('click', pressed);
  return button;
}
