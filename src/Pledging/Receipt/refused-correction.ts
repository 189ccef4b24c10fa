// A correction that was refused is stored in this tab, with the words that said why, until it is sent anew or given up: Back to the page
// loads it with what is on record.
import { load, store } from '../Phone/tab-store';

interface RefusedCorrection {
  at: number;
  fields: Record<string, string>;
  /** What stood above the form: a heading, and a line for each error. */
  heading: string;
  errors: { line: string; field?: string }[];
}

type Field = HTMLInputElement | HTMLSelectElement;

export function keepRefusedCorrection(form: HTMLFormElement, receipt: string): void {
  const name = `correction:${receipt}`;
  const drop = () => store(name, null);
  const summary = document.querySelector('.form-errors');
  const refused = summary ? refusedOf(form, summary) : load<RefusedCorrection>(name);
  if (refused) {
    if (!summary)
      restore(form, refused);
    const save = () => {
      const it: RefusedCorrection = { ...refused, fields: fieldsOf(form) };
      store(name, it);
    };
    save();
    form.addEventListener('input', save);
  }
  else
    addEventListener('pageshow', event => event.persisted && load(name) && location.reload()); // as it was before it was sent
  form.addEventListener('submit', drop);
  form.querySelector('.cancel')?.addEventListener('click', drop);
}

function refusedOf(form: HTMLFormElement, summary: Element): RefusedCorrection {
  return {
    at: Date.now(), fields: fieldsOf(form), heading: summary.querySelector('p')?.textContent ?? '',
    errors: [...summary.querySelectorAll('li')].map(it => ({ line: it.textContent!.trim(), field: it.querySelector('a')?.hash.slice(1) })),
  };
}

function fieldsOf(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(new FormData(form)) as Record<string, string>;
}

function restore(form: HTMLFormElement, { fields, heading, errors }: RefusedCorrection): void {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name) as Field | null;
    if (field)
      field.value = value;
  }
  const [summary, title, list] = [document.createElement('div'), document.createElement('p'), document.createElement('ul')];
  [summary.className, summary.tabIndex, title.textContent] = ['notice error form-errors', -1, heading];
  summary.setAttribute('role', 'alert');
  summary.append(...heading ? [title] : [], list);
  list.append(...errors.map(showError));
  form.before(summary);
  summary.focus();
}

/** At its field, and as a line of the summary, which leads there. */
function showError({ line, field }: { line: string; field?: string }): HTMLElement {
  const item = document.createElement('li');
  if (!field) {
    item.textContent = line;
    return item;
  }
  const link = document.createElement('a');
  [link.href, link.textContent] = [`#${field}`, line];
  item.append(link);
  document.getElementById(field)?.setAttribute('aria-invalid', 'true');
  document.getElementById(field)?.setAttribute('aria-describedby', `${field}-error`);
  const error = document.getElementById(`${field}-error`);
  if (error)
    error.textContent = line;
  return item;
}
