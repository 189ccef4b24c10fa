// Says what is wrong: a line at each field, and all of them above, each leading to its field.
import { lead } from './steps';

export interface FieldError {
  field: HTMLElement | null;
  line: string;
  /** Whose field, where two people have the same. */
  of?: string;
}

const summary = () => document.getElementById('problems')!;

export function showErrors(all: FieldError[], title = summary().dataset.title!): void {
  // What two texts have in common is said once.
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
    const place = field && document.getElementById(`${field.id}-error`);
    if (!place)
      continue;
    place.textContent = line;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', place.id);
  }
  const first = errors.find(e => e.field)?.field;
  if (first)
    lead(first);
  else
    summary().scrollIntoView({ block: 'center' });
}

export function clearErrors(form: HTMLElement): void {
  summary().hidden = true;
  for (const field of form.querySelectorAll('[aria-invalid=true]'))
    clearError(field);
}

/** A field that is being mended is not wrong any longer; the summary goes with the last of them. */
export function clearError(field: Element): void {
  if (!field.hasAttribute('aria-invalid'))
    return;
  field.removeAttribute('aria-invalid');
  document.getElementById(`${field.id}-error`)!.textContent = '';
  summary().hidden ||= document.querySelector('[aria-invalid=true]') === null;
}
