// The line above the page about stored requests that are not those of the form: another event's, or the
// family's before this one.
import type { Final } from './delivery';
import { numbersOf } from './numbers';
import type { HandedIn, Outbox } from './outbox';

export interface OnTheWay {
  waits(it: HandedIn): void;
  ended(it: HandedIn, answer: Final): void;
}

export class OnTheWayLines implements OnTheWay {
  private readonly lines = new Map<string, HTMLElement>();

  constructor(private readonly box: HTMLElement, private readonly outbox: Outbox) {}

  waits(it: HandedIn): void {
    this.say(it, this.box.dataset.waits!);
  }

  ended(it: HandedIn, answer: Final): void {
    const { arrived, receipt, refused, look, discard, closed } = this.box.dataset;
    if (answer.kind === 'signed')
      return this.say(it, arrived!.replace('{0}', numbersOf(answer.receipt, it)), link(receipt!, `/r/${answer.receipt.receipt}`));
    // The event's page shows it in its form, with the reason; while signing is closed it has none.
    const ways = it.code === closed ? [] : [link(look!, `/e/${it.code}`)];
    this.say(it, refused!.replace('{0}', answer.problem.detail || answer.problem.title), ...ways, button(discard!, () => this.discard(it)));
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
