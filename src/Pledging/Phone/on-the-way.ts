// The line above the page about stored requests that are not those of the form: another event's, or the
// family's before this one.
import type { Final } from './delivery';
import { numbersOf } from './numbers';
import type { HandedIn, Outbox } from './outbox';

export class OnTheWay {
  private readonly lines = new Map<string, HTMLElement>();

  constructor(private readonly box: HTMLElement, private readonly outbox: Outbox) {}

  waits(it: HandedIn): void {
    // One that signing was over for is sent again in silence.
    if (!this.lines.has(it.request.key))
      this.say(it, this.box.dataset.waits!);
  }

  ended(it: HandedIn, answer: Final): void {
    const { arrived, receipt, refused, ended, look, discard, closed } = this.box.dataset;
    if (answer.kind === 'signed') {
      const numbers = numbersOf(answer.receipt, it.request.signers.length);
      return this.say(it, arrived!.replace('{0}', numbers), link(receipt!, `/r/${answer.receipt.receipt}`));
    }
    const way = button(discard!, () => this.discard(it));
    if (answer.kind === 'ended')
      return this.say(it, ended!, way);
    // The event's page shows it in its form, with the reason; while signing is closed it has none.
    const ways = it.code === closed ? [] : [link(look!, `/e/${it.code}`)];
    this.say(it, refused!.replace('{0}', answer.problem.detail || answer.problem.title), ...ways, way);
  }

  private say(it: HandedIn, words: string, ...ways: HTMLElement[]): void {
    const { key } = it.request;
    const line = this.lines.get(key) ?? document.createElement('li');
    this.lines.set(key, line);
    line.replaceChildren(words, ...ways);
    this.box.querySelector('ul')!.append(line);
    this.box.hidden = false;
  }

  private discard(it: HandedIn): void {
    this.outbox.forget(it.request.key);
    this.lines.get(it.request.key)!.remove();
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
