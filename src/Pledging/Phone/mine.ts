// "Signed on this phone": links to receipts, the events' codes and the classes, no name, kept only where a family has ticked it,
// until it says otherwise.

/** `place` is the class in words; those from before it was kept name no event, and no class by its id. */
export interface Signed { receipt: string; place: string; code?: string; classId?: number | null }

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

/** The list above the page, where there is one, and the button that forgets it. */
export function showMine(form?: HTMLFormElement): void {
  box().querySelector('button')!.onclick = () => {
    keep([]);
    const tick = document.getElementById('remember') as HTMLInputElement | null;
    if (tick)
      tick.checked = false;
  };
  list(all());
  const classes = form?.elements.namedItem('Form.Class') as HTMLSelectElement | null | undefined;
  const known = all().map(it => String(it.classId)).reverse().find(id => [...classes?.options ?? []].some(it => it.value === id));
  if (known && classes!.value === '')
    classes!.value = known;
}

function list(signed: Signed[]): void {
  const receipt = document.querySelector<HTMLElement>('.on-the-way')!.dataset.receipt!;
  const { signed: here } = box().dataset;
  const code = document.querySelector<HTMLElement>('.sign-form')?.dataset.code;
  box().hidden = signed.length === 0;
  box().querySelector('p')!.textContent = signed.some(it => it.code && it.code === code) ? here! : box().getAttribute('aria-label');
  box().querySelector('ul')!.replaceChildren(...signed.map(it => {
    const [item, link] = [document.createElement('li'), document.createElement('a')];
    link.href = `/r/${it.receipt}`;
    link.textContent = it.place ? `${it.place} · ${receipt}` : receipt;
    item.append(link);
    return item;
  }));
}

function keep(signed: Signed[]): boolean {
  try {
    if (signed.length > 0)
      localStorage.setItem(name, JSON.stringify(signed));
    else
      localStorage.removeItem(name);
    list(signed);
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
