// Deciding by keyboard: 1, 2 and 3 answer the row and go on to the next open one, the arrows go from row to row. By thumb the next open
// row comes into view by itself. What is decided is kept while the page is left.

const keepAfter = 2000; // milliseconds without a further decision

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
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const chosen = (row: HTMLElement) => row.querySelector<HTMLInputElement>('input:checked');
  const radios = (row: HTMLElement) => [...row.querySelectorAll<HTMLInputElement>('input')];
  const isOpen = (row: HTMLElement) => chosen(row) === null;
  const rowOf = (element: Element | null) =>
    rows.findIndex(row => row.closest('li')?.contains(element));

  function focus(row: HTMLElement | undefined): void {
    if (!row)
      return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    (chosen(row) ?? radios(row)[0])?.focus({ preventScroll: true });
    row.closest('li')?.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
  }

  function next(after: number): void {
    focus(rows.slice(after + 1).find(isOpen) ?? rows.find(isOpen) ?? rows[after]);
  }

  function tell(): void {
    if (left)
      left.textContent = (left.dataset.left ?? '').replace('{0}', `${rows.filter(isOpen).length}`);
  }

  function keep(): void {
    clearTimeout(waiting);
    waiting = undefined;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form))
      if (typeof value === 'string')
        body.append(name, value);
    body.set('act', 'keep'); // of which no page says afterwards that it was done
    void fetch(form.action, { method: 'POST', body, keepalive: true, redirect: 'manual' });
  }

  function changed(): void {
    tell();
    clearTimeout(waiting);
    waiting = setTimeout(keep, keepAfter);
  }

  form.addEventListener('change', changed);
  form.addEventListener('submit', () => clearTimeout(waiting));
  addEventListener('pagehide', () => {
    if (waiting !== undefined)
      keep();
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
      const to = here < 0 ? 0 : here + (event.key === 'ArrowDown' ? 1 : -1);
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
  if (!document.querySelector('[autofocus]'))
    next(-1);
}
