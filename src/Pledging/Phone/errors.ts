// Shows errors: a line at each field, and a summary above with a link to each field.
import { focusField } from './steps';

export interface FieldError {
  field: HTMLElement | null;
  line: string;
  /** Whose field, where two people have the same. */
  of?: string;
}

const summary = () => document.getElementById('problems')!;

export function showErrors(all: FieldError[], title = summary().dataset.title!): void {
  // The same error for two texts is shown once.
  const errors = all.filter((e, i) => all.findIndex(o => o.field === e.field && o.line === e.line) === i);
  const list = summary().querySelector('ul')!;
  summary().querySelector('p')!.textContent = title;
  list.replaceChildren(...errors.map(({ field, line, of }) => {
    const item = document.createElement('li');
    if (field) {
      const link = document.createElement('a');
      link.href = `#${field.id}`;
      link.textContent = of ? `${of} · ${line}` : line;
      item.append(link);
    } else {
      item.textContent = line;
    }
    return item;
  }));
  summary().hidden = false;

  for (const { field, line } of errors) {
    const errorLine = field && document.getElementById(`${field.id}-error`);
    if (!errorLine)
      continue;
    errorLine.textContent = line;
    field.setAttribute('aria-invalid', 'true');
    setDescribedBy(field, errorLine.id, true);
  }
  const first = errors.find(e => e.field)?.field;
  if (first)
    focusField(first);
  else
    summary().scrollIntoView({ block: 'center' });
}

export function clearErrors(form: HTMLElement): void {
  summary().hidden = true;
  for (const field of form.querySelectorAll('[aria-invalid=true]'))
    clearError(field);
}

/** Called when a field is edited: removes its error, also from the summary, which is hidden with the last one. */
export function clearError(field: Element): void {
  if (!field.hasAttribute('aria-invalid'))
    return;
  field.removeAttribute('aria-invalid');
  const error = document.getElementById(`${field.id}-error`)!;
  error.textContent = '';
  setDescribedBy(field, error.id, false);
  summary().querySelectorAll(`[href="#${field.id}"]`).forEach(link => link.parentElement!.remove());
  summary().hidden ||= summary().querySelector('li') === null;
}

/** Adds the error to `aria-describedby` or removes it; the field's other descriptions stay. */
function setDescribedBy(field: Element, error: string, wrong: boolean): void {
  const otherIds = (field.getAttribute('aria-describedby') ?? '').split(' ').filter(id => id && id !== error);
  field.setAttribute('aria-describedby', (wrong ? [error, ...otherIds] : otherIds).join(' '));
}
