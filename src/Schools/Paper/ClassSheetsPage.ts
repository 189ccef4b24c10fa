// Deciding by keyboard: 1, 2 and 3 answer the row and focus the next open one, the arrows move from row to row, and after the last one
// Enter presses the button that counts. By touch the next open row scrolls to where the last one was, without an animation: sixty of those
// take twelve seconds. Decisions are saved after each pause and when the page is left.

const saveDelay = 2000; // ms after the last decision
const saveRetryDelay = 10_000; // ms after a failed attempt

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-busy-text]'))
  button.form?.addEventListener('submit', () => {
    button.textContent = button.dataset.busyText ?? '';
    button.setAttribute('aria-busy', 'true');
  });

const form = document.querySelector<HTMLFormElement>('[data-decisions]');
if (form)
  initDecisions(form);

function initDecisions(form: HTMLFormElement): void {
  const rows = [...form.querySelectorAll<HTMLElement>('.choose')];
  const remaining = form.querySelector<HTMLElement>('[data-left]');
  const unsavedNotice = form.querySelector<HTMLElement>('[data-unkept]');
  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  let changes = 0;
  let savedChanges = 0;

  const chosen = (row: HTMLElement) => row.querySelector<HTMLInputElement>('input:checked');
  const radios = (row: HTMLElement) => [...row.querySelectorAll<HTMLInputElement>('input')];
  /** A row without a printed name, ink and a typed name needs no answer. */
  const isEmpty = (row: HTMLElement) =>
    row.classList.contains('no-ink') && !row.closest('li')?.querySelector<HTMLInputElement>('input[type=text]')?.value;
  const isOpen = (row: HTMLElement) => chosen(row) === null && !isEmpty(row);
  const rowOf = (element: Element | null) =>
    rows.findIndex(row => row.closest('li')?.contains(element));

  function focusRow(row: HTMLElement, block: ScrollLogicalPosition = 'center'): void {
    (chosen(row) ?? radios(row)[0])?.focus({ preventScroll: true });
    row.closest('li')?.scrollIntoView({ block, behavior: 'auto' });
  }

  /** Focuses the next open row; where none is left, the consent for children who signed alone, or the button that counts. */
  function focusNext(after: number): void {
    const row = rows.slice(after + 1).find(isOpen) ?? rows.find(isOpen);
    if (row)
      return focusRow(row);
    const consent = form.querySelector<HTMLInputElement>('input[name=HoldsGuardianConsent]:not(:checked)');
    const alone = rows.some(it => chosen(it)?.value === 'childonly');
    (alone && consent || form.querySelector<HTMLElement>('button.main[value=count]'))?.focus({ preventScroll: true });
  }

  function showRemaining(): void {
    if (remaining)
      remaining.textContent = (remaining.dataset.left ?? '').replace('{0}', `${rows.filter(isOpen).length}`);
  }

  /** Saves the decisions; after a failure the page says so and tries again. */
  async function save(): Promise<void> {
    clearTimeout(saveTimer);
    const sentChanges = changes;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form))
      if (typeof value === 'string')
        body.append(name, value);
    body.set('act', 'keep'); // saves without a message on the next page
    // A redirect leads to signing in: nothing was saved then either.
    const response = await fetch(form.action, { method: 'POST', body, keepalive: true, redirect: 'manual' }).catch(() => null);
    const isSaved = response?.status === 204;
    if (isSaved)
      savedChanges = Math.max(savedChanges, sentChanges);
    else if (sentChanges === changes)
      saveTimer = setTimeout(save, saveRetryDelay);
    if (unsavedNotice)
      unsavedNotice.hidden = isSaved;
  }

  function handleChange(): void {
    showRemaining();
    changes++;
    clearTimeout(saveTimer);
    saveTimer = setTimeout(save, saveDelay);
  }

  form.addEventListener('change', handleChange);
  form.addEventListener('submit', () => {
    clearTimeout(saveTimer);
    savedChanges = changes; // the form sends them
  });
  addEventListener('pagehide', () => {
    if (savedChanges < changes)
      void save();
  });

  // A click on an answer focuses the next row; the browser's own arrow keys within a row do not.
  form.addEventListener('click', event => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.type === 'radio' && event.detail > 0)
      focusNext(rowOf(input));
  });

  document.addEventListener('keydown', event => {
    const active = document.activeElement;
    if (event.ctrlKey || event.altKey || event.metaKey
      || (active instanceof HTMLInputElement && active.type === 'text') || active instanceof HTMLSelectElement)
      return;
    const current = rowOf(active);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const isBelow = current < 0 && step < 0 && form.querySelector('.decide-bar')?.contains(active);
      const to = isBelow ? rows.filter(row => !isEmpty(row)).length - 1 : current < 0 ? 0 : current + step;
      if (rows[to]) {
        event.preventDefault();
        focusRow(rows[to]);
      }
      return;
    }
    const row = rows[current];
    const answer = row && radios(row)[Number(event.key) - 1];
    if (!answer || !/^[123]$/.test(event.key))
      return;
    event.preventDefault();
    answer.checked = true;
    handleChange();
    focusNext(current);
  });

  form.querySelector<HTMLButtonElement>('[data-fill]')?.addEventListener('click', event => {
    event.preventDefault();
    for (const row of rows.filter(isOpen))
      radios(row).filter(radio => radio.value === row.dataset.guess).forEach(radio => { radio.checked = true; });
    (event.currentTarget as HTMLElement).hidden = true;
    handleChange();
    focusNext(-1);
  });

  showRemaining();
  const first = rows.find(isOpen);
  if (first && !document.querySelector('[autofocus]'))
    focusRow(first, 'nearest');
}
