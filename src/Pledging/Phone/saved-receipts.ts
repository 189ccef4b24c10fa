// "Signed on this phone": links to receipts, the events' codes and the classes, no name, kept only where a family has ticked it,
// until it says otherwise.

/** `place` is the class in words, `at` when it was signed; those of an older release have no event, no class id and no time. */
export interface SavedReceipt { receipt: string; place: string; at?: string; code?: string; classId?: number | null }

const storageKey = 'signed';
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
  showOnFirstStepOnly();
  render(loadAll());
  const classes = form?.elements.namedItem('Form.Class') as HTMLSelectElement | null | undefined;
  const knownClass = loadAll().map(it => String(it.classId)).reverse().find(id => [...classes?.options ?? []].some(it => it.value === id));
  if (knownClass && classes!.value === '')
    classes!.value = knownClass;
}

/** On the next family's screens it would read as if they had signed. */
function showOnFirstStepOnly(): void {
  const step = document.getElementById('know');
  const update = () => container().classList.toggle('away', step!.matches('[hidden]'));
  if (!step)
    return;
  update();
  new MutationObserver(update).observe(step, { attributeFilter: ['hidden'] });
}

function render(receipts: SavedReceipt[]): void {
  const { signed: signedHere } = container().dataset;
  const code = document.querySelector<HTMLElement>('.sign-form')?.dataset.code;
  container().hidden = receipts.length === 0;
  container().querySelector('p')!.textContent =
    receipts.some(it => it.code && it.code === code) ? signedHere! : container().getAttribute('aria-label');
  container().querySelector('ul')!.replaceChildren(...receipts.map(renderItem));
}

function renderItem(it: SavedReceipt): HTMLElement {
  const forget = container().querySelector(':scope > button')!.textContent!;
  const [item, link, button] = [document.createElement('li'), document.createElement('a'), document.createElement('button')];
  const address = link.href = `/r/${it.receipt}`;
  const { receipt } = document.querySelector<HTMLElement>('.on-the-way')!.dataset;
  link.textContent = [it.place, timeOf(it), receipt].filter(Boolean).join(' · ');
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

function store(receipts: SavedReceipt[]): boolean {
  try {
    if (receipts.length > 0)
      localStorage.setItem(storageKey, JSON.stringify(receipts));
    else
      localStorage.removeItem(storageKey);
    return true;
  } catch {
    return false; // forbidden, or full
  }
}

function loadAll(): SavedReceipt[] {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey) ?? '[]') as SavedReceipt[];
    return stored.filter(it => /^[\w-]+$/.test(it.receipt) && typeof it.place === 'string');
  } catch {
    return [];
  }
}
