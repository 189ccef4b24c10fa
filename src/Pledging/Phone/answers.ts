// Maps the server's errors to the fields of the form.
import type { Problem } from './delivery';
import type { FieldError } from './errors';
import { offerReading } from './reading';

interface FormFields {
  readonly form: HTMLFormElement;
  /** Those who sign, in the order of the request. */
  readonly signing: readonly {
    readonly ownClass: HTMLElement | null;
    readonly title: string;
    field(part: string): HTMLElement | null;
  }[];
  readonly classes: HTMLElement | null;
  readonly consent: HTMLElement;
}

/** Takes over the new key of a refusal that brings one, and returns the lines for the form. */
export function applyProblem(problem: Problem, it: FormFields): FieldError[] {
  if (problem.key)
    leaveRehearsal(it.form, problem.key);
  const lines = Object.entries(problem.errors ?? { '': [problem.detail] });
  return lines.flatMap(([path, texts]) => texts.map(line => ({ line, ...fieldOf(path, it) })));
}

/** Signing was opened after the page was: with the key of the answer the next submission counts, and the page no longer says otherwise. */
function leaveRehearsal(form: HTMLFormElement, key: string): void {
  (form.elements.namedItem('Form.Key') as HTMLInputElement).value = key;
  document.querySelector('.rehearsal')?.remove();
  document.querySelector('#done .badge')?.parentElement!.remove();
}

/** The field for a path of the request, such as `signers[0].name`. */
function fieldOf(path: string, { signing, classes, consent }: FormFields): Omit<FieldError, 'line'> {
  const [, index, part] = /^signers\[(\d)\]\.(\w+)$/.exec(path) ?? [];
  const signer = signing[Number(index)];
  if (signer)
    return part === 'classId' ? { field: signer.ownClass ?? classes } : { field: signer.field(part!), of: signer.title };
  const fields: Record<string, HTMLElement | null> = {
    'classId': classes, 'consents.guardian': consent, 'signers': document.getElementById('Form_Party'),
  };
  return { field: fields[path] ?? null };
}

/**
 * Replaces the texts on the page by their new versions, in the chosen translation. Never resolves without a network, or where the page is
 * reloaded.
 */
export async function fetchTexts(): Promise<HTMLElement> {
  const page = await fetch(location.pathname + location.search).then(response => response.ok ? response.text() : null).catch(() => null);
  if (page === null) {
    const problems = document.getElementById('problems')!;
    problems.querySelector('p')!.textContent = document.getElementById('new-texts')!.dataset.offline!;
    return new Promise(() => {});
  }
  const texts = new DOMParser().parseFromString(page, 'text/html').getElementById('texts');
  if (!texts) {
    location.reload();
    return new Promise(() => {});
  }
  document.getElementById('texts')!.replaceWith(texts);
  offerReading(texts);
  return texts;
}
