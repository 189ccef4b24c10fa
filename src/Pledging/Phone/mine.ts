// "Signed on this phone": links to receipts, the events' codes and the classes, no name, kept only where a family has ticked it,
// until it says otherwise.

/** `place` is the class in words, `at` when it was signed; those from before it was kept name no event, no class by its id and no time. */
export interface Signed { receipt: string; place: string; at?: string; code?: string; classId?: number | null }

const name = 'signed';
const box = () => document.querySelector<HTMLElement>('.mine')!;

/** The box under a receipt, ticked where this phone remembers it. */
export function offerToRemember(it: Signed): void {
  const tick = document.getElementById('remember') as HTMLInputElement;
  tick.checked = all().some(other => other.receipt === it.receipt);
  tick.onchange = () => {
    const others = all().filter(other => other.receipt !== it.receipt);
    // A phone that stores nothing does not keep the tick either.
    tick.checked = keep(tick.checked ? [...others, it] : others) && tick.checked;
  };
}

/** The list above the page, where there is one, and of each line a button that forgets it, and takes that back. */
export function showMine(form?: HTMLFormElement): void {
  showWithFirstStep();
  list(all());
  const classes = form?.elements.namedItem('Form.Class') as HTMLSelectElement | null | undefined;
  const known = all().map(it => String(it.classId)).reverse().find(id => [...classes?.options ?? []].some(it => it.value === id));
  if (known && classes!.value === '')
    classes!.value = known;
}

/** Over the next family's screens it would say that those have signed. */
function showWithFirstStep(): void {
  const step = document.getElementById('know');
  const show = () => box().classList.toggle('away', step!.matches('[hidden]'));
  if (!step)
    return;
  show();
  new MutationObserver(show).observe(step, { attributeFilter: ['hidden'] });
}

function list(signed: Signed[]): void {
  const { signed: here } = box().dataset;
  const code = document.querySelector<HTMLElement>('.sign-form')?.dataset.code;
  box().hidden = signed.length === 0;
  box().querySelector('p')!.textContent = signed.some(it => it.code && it.code === code) ? here! : box().getAttribute('aria-label');
  box().querySelector('ul')!.replaceChildren(...signed.map(lineOf));
}

function lineOf(it: Signed): HTMLElement {
  const forget = box().querySelector(':scope > button')!.textContent!;
  const [item, link, button] = [document.createElement('li'), document.createElement('a'), document.createElement('button')];
  const address = link.href = `/r/${it.receipt}`;
  const { receipt } = document.querySelector<HTMLElement>('.on-the-way')!.dataset;
  link.textContent = [it.place, timeOf(it), receipt].filter(Boolean).join(' · ');
  [button.type, button.className, button.textContent] = ['button', 'button', forget];
  button.onclick = () => {
    const [kept, others] = [all(), all().filter(other => other.receipt !== it.receipt)];
    const isKept = kept.length > others.length;
    if (!store(isKept ? others : [...others, it]))
      return;
    isKept ? link.removeAttribute('href') : link.href = address;
    button.textContent = isKept ? box().dataset.undo ?? forget : forget;
  };
  item.append(link, ' ', button);
  return item;
}

/** Two families of one class sign at one phone. */
function timeOf({ at }: Signed): string {
  const time = new Date(at ?? '');
  return isNaN(+time) ? '' : time.toLocaleString(document.documentElement.lang,
    { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

function keep(signed: Signed[]): boolean {
  const isStored = store(signed);
  if (isStored)
    list(signed);
  return isStored;
}

function store(signed: Signed[]): boolean {
  try {
    if (signed.length > 0)
      localStorage.setItem(name, JSON.stringify(signed));
    else
      localStorage.removeItem(name);
    return true;
  } catch {
    return false; // forbidden, or full
  }
}

function all(): Signed[] {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? '[]') as Signed[];
    return kept.filter(it => /^[\w-]+$/.test(it.receipt) && typeof it.place === 'string');
  } catch {
    return [];
  }
}
