// "Signed on this phone": links to receipts, the events' codes and titles and the classes, no name, kept only where a family has ticked it,
// until it says otherwise, or opens a receipt that is withdrawn or gone (ReceiptPage.ts).
import { observeFirstStep } from './first-step';
import { loadSavedReceipts as loadAll, storeReceipts as store, type SavedReceipt } from './receipt-list';

const container = () => document.querySelector<HTMLElement>('.mine')!;

/** The checkbox under a receipt, checked where this phone has stored it. */
export function initRememberCheckbox(it: SavedReceipt): void {
  const checkbox = document.getElementById('remember') as HTMLInputElement;
  checkbox.checked = loadAll().some(other => other.receipt === it.receipt);
  checkbox.onchange = () => {
    const others = loadAll().filter(other => other.receipt !== it.receipt);
    // Unchecked again on a phone that stores nothing.
    checkbox.checked = save(checkbox.checked ? [...others, it] : others) && checkbox.checked;
  };
}

/** The list above the page; each line has a button that removes it, and then one that undoes that. */
export function showSavedReceipts(form?: HTMLFormElement): void {
  // Over the next family's form it would read as if they had signed.
  observeFirstStep(isShown => container().classList.toggle('away', !isShown));
  render(loadAll());
  addEventListener('pageshow', event => event.persisted && render(loadAll())); // a receipt may have been opened
  const classes = form?.elements.namedItem('Form.Class') as HTMLSelectElement | null | undefined;
  const knownClass = loadAll().map(it => String(it.classId)).reverse().find(id => [...classes?.options ?? []].some(it => it.value === id));
  if (knownClass && classes!.value === '')
    classes!.value = knownClass;
}

function render(receipts: SavedReceipt[]): void {
  const { signed: signedHere } = container().dataset;
  container().hidden = receipts.length === 0;
  container().querySelector('p')!.textContent =
    receipts.some(it => it.code && it.code === codeOfEvent()) ? signedHere! : container().getAttribute('aria-label');
  container().querySelector('ul')!.replaceChildren(...receipts.map(renderItem));
}

function renderItem(it: SavedReceipt): HTMLElement {
  const forget = container().querySelector(':scope > button')!.textContent!;
  const [item, link, button] = [document.createElement('li'), document.createElement('a'), document.createElement('button')];
  const address = link.href = `/r/${it.receipt}`;
  const { receipt } = document.querySelector<HTMLElement>('.on-the-way')!.dataset;
  link.textContent = [titleOf(it), it.place, timeOf(it), receipt].filter(Boolean).join(' · ');
  [button.type, button.className, button.textContent] = ['button', 'button', forget];
  button.onclick = () => {
    const [stored, others] = [loadAll(), loadAll().filter(other => other.receipt !== it.receipt)];
    const wasStored = stored.length > others.length;
    if (!store(wasStored ? others : [...others, it]))
      return;
    wasStored ? link.removeAttribute('href') : link.href = address;
    button.textContent = wasStored ? container().dataset.undo ?? forget : forget;
  };
  item.append(link, ' ', button);
  return item;
}

function titleOf({ title, code }: SavedReceipt): string | undefined {
  return title ?? (code && code === codeOfEvent() ? titleOfEvent() : undefined);
}

const codeOfEvent = (): string | undefined => document.querySelector<HTMLElement>('.sign-form')?.dataset.code;

/** The title of the event on this page, in the page's language. */
export const titleOfEvent = (): string | undefined => document.querySelector('[data-step=know] h1')?.textContent ?? undefined;

/** The time tells two families of one class apart. */
function timeOf({ at }: SavedReceipt): string {
  const time = new Date(at ?? '');
  return isNaN(+time) ? '' : time.toLocaleString(document.documentElement.lang,
    { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

function save(receipts: SavedReceipt[]): boolean {
  const isStored = store(receipts);
  if (isStored)
    render(receipts);
  return isStored;
}
