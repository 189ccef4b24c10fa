// What the server answers to a request that it does not take, at the fields of the form.
import type { Problem } from './delivery';
import type { FieldError } from './errors';
import { offerReading } from './reading';

interface Asked {
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

export function linesOf(problem: Problem, it: Asked): FieldError[] {
  const lines = Object.entries(problem.errors ?? { '': [problem.detail] });
  return lines.flatMap(([path, texts]) => texts.map(line => ({ line, ...placeOf(path, it) })));
}

/** Where on the form a path of the request stands. */
function placeOf(path: string, { signing, classes, consent }: Asked): Omit<FieldError, 'line'> {
  const [, index, part] = /^signers\[(\d)\]\.(\w+)$/.exec(path) ?? [];
  const signer = signing[Number(index)];
  if (signer)
    return part === 'classId' ? { field: signer.ownClass ?? classes } : { field: signer.field(part!), of: signer.title };
  const fields: Record<string, HTMLElement | null> = {
    'classId': classes, 'consents.guardian': consent, 'signers': document.getElementById('Form_Party'),
  };
  return { field: fields[path] ?? null };
}

/** Puts the words of the texts' new versions on the page, in the translation that was chosen. Never completes without a network. */
export async function fetchTexts(): Promise<HTMLElement> {
  const page = await fetch(location.pathname + location.search).then(response => response.text()).catch(() => null);
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
