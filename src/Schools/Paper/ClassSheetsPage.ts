// Deciding by keyboard: 1, 2 and 3 answer the row and go on to the next open one, the arrows go from row to row, and after the last one
// Enter counts. By thumb the next open row comes to where the last one was, its answers under the thumb. At once: sixty rows that glide
// take a fifth of a minute. What is decided is kept while the page is left.

const keepAfter = 2000; // milliseconds without a further decision
const keepAgainAfter = 10_000; // after an attempt in vain

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-work]'))
  button.form?.addEventListener('submit', () => {
    button.textContent = button.dataset.work ?? '';
    button.setAttribute('aria-busy', 'true');
  });

const form = document.querySelector<HTMLFormElement>('[data-decisions]');
if (form)
  decide(form);

function decide(form: HTMLFormElement): void {
  const rows = [...form.querySelectorAll<HTMLElement>('.choose')];
  const left = form.querySelector<HTMLElement>('[data-left]');
  const unkept = form.querySelector<HTMLElement>('[data-unkept]');
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let changes = 0;
  let keptChanges = 0;

  const chosen = (row: HTMLElement) => row.querySelector<HTMLInputElement>('input:checked');
  const radios = (row: HTMLElement) => [...row.querySelectorAll<HTMLInputElement>('input')];
  /** Rows without a name into which nobody wrote ask for nothing. */
  const isEmpty = (row: HTMLElement) =>
    row.classList.contains('no-ink') && !row.closest('li')?.querySelector<HTMLInputElement>('input[type=text]')?.value;
  const isOpen = (row: HTMLElement) => chosen(row) === null && !isEmpty(row);
  const rowOf = (element: Element | null) =>
    rows.findIndex(row => row.closest('li')?.contains(element));

  function focus(row: HTMLElement, block: ScrollLogicalPosition = 'center'): void {
    (chosen(row) ?? radios(row)[0])?.focus({ preventScroll: true });
    row.closest('li')?.scrollIntoView({ block, behavior: 'auto' });
  }

  /** The next open row; where none is left the button that counts, before it what is to be said of children who signed alone. */
  function next(after: number): void {
    const row = rows.slice(after + 1).find(isOpen) ?? rows.find(isOpen);
    if (row)
      return focus(row);
    const consent = form.querySelector<HTMLInputElement>('input[name=HoldsGuardianConsent]:not(:checked)');
    const alone = rows.some(it => chosen(it)?.value === 'childonly');
    (alone && consent || form.querySelector<HTMLElement>('button.main[value=count]'))?.focus({ preventScroll: true });
  }

  function tell(): void {
    if (left)
      left.textContent = (left.dataset.left ?? '').replace('{0}', `${rows.filter(isOpen).length}`);
  }

  /** What the server has not taken stays on the page, which says so and tries again. */
  async function keep(): Promise<void> {
    clearTimeout(waiting);
    const kept = changes;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form))
      if (typeof value === 'string')
        body.append(name, value);
    body.set('act', 'keep'); // of which no page says afterwards that it was done
    // A redirect leads to signing in: nothing was kept then either.
    const answer = await fetch(form.action, { method: 'POST', body, keepalive: true, redirect: 'manual' }).catch(() => null);
    const isKept = answer?.status === 204;
    if (isKept)
      keptChanges = Math.max(keptChanges, kept);
    else if (kept === changes)
      waiting = setTimeout(keep, keepAgainAfter);
    if (unkept)
      unkept.hidden = isKept;
  }

  function changed(): void {
    tell();
    changes++;
    clearTimeout(waiting);
    waiting = setTimeout(keep, keepAfter);
  }

  form.addEventListener('change', changed);
  form.addEventListener('submit', () => {
    clearTimeout(waiting);
    keptChanges = changes; // with what is sent
  });
  addEventListener('pagehide', () => {
    if (keptChanges < changes)
      void keep();
  });

  // A press on an answer goes on; choosing by the browser's own arrows within a row does not.
  form.addEventListener('click', event => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.type === 'radio' && event.detail > 0)
      next(rowOf(input));
  });

  document.addEventListener('keydown', event => {
    const at = document.activeElement;
    if (event.ctrlKey || event.altKey || event.metaKey
      || (at instanceof HTMLInputElement && at.type === 'text') || at instanceof HTMLSelectElement)
      return;
    const here = rowOf(at);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const isBelow = here < 0 && step < 0 && form.querySelector('.decide-bar')?.contains(at);
      const to = isBelow ? rows.filter(row => !isEmpty(row)).length - 1 : here < 0 ? 0 : here + step;
      if (rows[to]) {
        event.preventDefault();
        focus(rows[to]);
      }
      return;
    }
    const row = rows[here];
    const answer = row && radios(row)[Number(event.key) - 1];
    if (!answer || !/^[123]$/.test(event.key))
      return;
    event.preventDefault();
    answer.checked = true;
    changed();
    next(here);
  });

  form.querySelector<HTMLButtonElement>('[data-fill]')?.addEventListener('click', event => {
    event.preventDefault();
    for (const row of rows.filter(isOpen))
      radios(row).filter(radio => radio.value === row.dataset.guess).forEach(radio => { radio.checked = true; });
    (event.currentTarget as HTMLElement).hidden = true;
    changed();
    next(-1);
  });

  tell();
  const first = rows.find(isOpen);
  if (first && !document.querySelector('[autofocus]'))
    focus(first, 'nearest');
}
