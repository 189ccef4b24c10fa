// What is typed and written stays in this tab, through a reload, another language and Back, until it is handed in or declined,
// or for a day. Consents are not kept: they are given anew.
import { restore, written, type Written } from './pad';

/** The form, as far as a draft needs it. */
export interface Drafted {
  readonly form: HTMLFormElement;
  readonly signers: readonly { readonly part: HTMLElement; signature: string | null }[];
  /** Shows what belongs to those who sign. */
  showParty(): void;
}

export interface Draft {
  at: number;
  fields: Record<string, string>;
  /** Finished signatures, by seat. */
  ink: Record<string, string>;
  /** What stands on the open sheet, unfinished. */
  sheet: Written | null;
}

const day = 86_400_000; // ms
const kept = /^Form\.(Party|Class|Signers\[\w+\]\.(Name|HandwrittenName|Relation|Class))$/;

export function keepDraft(it: Drafted): void {
  const name = `draft:${it.form.dataset.code}`;
  const save = () => store(name, it.form.classList.contains('sending') ? null : draftOf(it));
  // A reader who was quicker than this script is not disturbed.
  const draft = load(name);
  if (draft && !isWritten(draftOf(it)) && !it.form.classList.contains('sending'))
    putBack(it, draft);
  it.form.addEventListener('input', save);
  it.form.addEventListener('change', save);
  // While the sheet is open nothing but this tells that something was written.
  addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', save);
  askBeforeClearing(it);
}

/** Declining lies beside agreeing: with something written it is asked whether it is meant, and Back puts all back. */
function askBeforeClearing(it: Drafted): void {
  let declined: Draft | null = null;
  it.form.addEventListener('click', event => {
    const draft = draftOf(it);
    if (!(event.target as Element).matches('[href="#declined"]') || !isWritten(draft))
      return;
    if (confirm(it.form.dataset.ask))
      declined = draft;
    else {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  addEventListener('hashchange', () => {
    if (declined && location.hash.startsWith('#sign'))
      putBack(it, declined);
    if (location.hash !== '#declined')
      declined = null;
  });
}

function draftOf({ form, signers }: Drafted): Draft {
  const fields = [...new FormData(form)].filter(([name, value]) => kept.test(name) && value !== '');
  return {
    at: Date.now(),
    fields: Object.fromEntries(fields) as Record<string, string>,
    ink: Object.fromEntries(signers.flatMap(({ part, signature }) => signature === null ? [] : [[part.dataset.seat!, signature]])),
    sheet: written(),
  };
}

function putBack(it: Drafted, { fields, ink, sheet }: Draft): void {
  for (const [name, value] of Object.entries(fields))
    putBackField(it.form, name, value);
  it.showParty();
  for (const signer of it.signers)
    signer.signature = ink[signer.part.dataset.seat!] ?? null;
  if (sheet)
    restore(sheet);
}

function putBackField(form: HTMLFormElement, name: string, value: string): void {
  const field = kept.test(name) ? form.elements.namedItem(name) as HTMLInputElement | RadioNodeList | null : null;
  if (field instanceof HTMLInputElement && field.type === 'checkbox') {
    if (!field.checked)
      field.click();
  } else if (field)
    field.value = value;
}

function isWritten({ fields, ink }: Draft): boolean {
  return Object.keys(ink).length > 0 || Object.entries(fields).some(([name, value]) => name.endsWith('.Name') && value.trim() !== '');
}

function store(name: string, draft: Draft | null): void {
  try {
    if (draft && isWritten(draft))
      sessionStorage.setItem(name, JSON.stringify(draft));
    else
      sessionStorage.removeItem(name);
  } catch {
    // a phone that stores nothing keeps no draft
  }
}

function load(name: string): Draft | null {
  try {
    const draft = JSON.parse(sessionStorage.getItem(name)!) as Draft | null;
    if (draft && Date.now() - draft.at < day)
      return draft;
    sessionStorage.removeItem(name);
  } catch {
    // forbidden, or not ours
  }
  return null;
}
