// What is typed and written stays in this tab, through a reload, another language and Back, until it is handed in or declined,
// or for a day. Consents are not kept: they are given anew.
import { forget, restore, written, type Written } from './pad';
import { load, store } from './tab-store';

/** The form, as far as a draft needs it. */
export interface Drafted {
  readonly form: HTMLFormElement;
  readonly signers: readonly { readonly part: HTMLElement; signature: string | null }[];
  /** Shows what belongs to those who sign. */
  showParty(): void;
  clear(): void;
}

export interface Draft {
  at: number;
  /** Of the page that it was written on: once signing has ended it tells that this was before. */
  key?: string;
  fields: Record<string, string>;
  /** Finished signatures, by seat. */
  ink: Record<string, string>;
  /** What stands on the open sheet, unfinished. */
  sheet: Written | null;
}

type Field = HTMLInputElement | HTMLSelectElement;

const kept = /^Form\.(Party|Class|Signers\[\w+\]\.(Name|HandwrittenName|Relation|Class))$/;

/** Another slip is another child's. */
const nameOf = ({ code, slip }: { code?: string; slip?: string }) => `draft:${code}${slip}`;

/** Whether somebody had begun to write in this form in this tab, or has. */
export function hasDraft(it: Drafted): boolean {
  const draft = load<Draft>(nameOf(it.form.dataset));
  return draft !== null && isWritten(draft) || isWritten(draftOf(it));
}

/** The key of the page on which somebody had begun to write in this tab, where something is worth going on with. */
export function keyOfDraft(code: string, slip: string): string | undefined {
  return load<Draft>(nameOf({ code, slip }))?.key;
}

export function keepDraft(it: Drafted): void {
  const name = nameOf(it.form.dataset);
  const save = () => {
    const draft = it.form.classList.contains('sending') ? null : draftOf(it);
    store(name, draft && isBegun(draft, it.form) ? draft : null);
  };
  const draft = load<Draft>(name);
  if (draft && !it.form.classList.contains('sending'))
    putBack(it, draft);
  it.form.addEventListener('reset', () => forget());
  it.form.addEventListener('input', save);
  it.form.addEventListener('change', save);
  // While the sheet is open nothing but this tells that something was written.
  addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', save);
  clearOnceDeclined(it);
}

/**
 * After declining nothing stays in the phone's storage. It lies beside agreeing: with something written it is asked whether it is meant,
 * and Back puts all back.
 */
function clearOnceDeclined(it: Drafted): void {
  let declined: Draft | null = null;
  const decline = () => {
    const draft = draftOf(it);
    declined = isWritten(draft) ? draft : null;
    it.clear();
  };
  it.form.addEventListener('click', event => {
    if (!(event.target as Element).matches('[href="#declined"]'))
      return;
    if (!isWritten(draftOf(it)) || confirm(it.form.dataset.ask))
      decline();
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
  if (location.hash === '#declined')
    decline(); // before this script was there
}

function draftOf({ form, signers }: Drafted): Draft {
  const fields = [...new FormData(form)].filter(([name, value]) => kept.test(name) && value !== '');
  return {
    at: Date.now(),
    key: (form.elements.namedItem('Form.Key') as HTMLInputElement).value,
    fields: Object.fromEntries(fields) as Record<string, string>,
    ink: Object.fromEntries(signers.flatMap(({ part, signature }) => signature === null ? [] : [[part.dataset.seat!, signature]])),
    sheet: written(),
  };
}

/** What a reader who was quicker than this script has chosen or written meanwhile stays; all else is as it was. */
function putBack(it: Drafted, { fields, ink, sheet }: Draft): void {
  const others = namesOfOthers(it, fields);
  for (const [name, value] of Object.entries(fields))
    if (![...others].some(seat => name.includes(`[${seat}]`)))
      putBackField(it.form, name, value);
  it.showParty();
  for (const signer of it.signers)
    if (!signer.signature && !others.has(signer.part.dataset.seat!))
      signer.signature = ink[signer.part.dataset.seat!] ?? null;
  if (sheet && !written())
    restore(sheet);
}

/** The seats in which another name stands by now: ink was written for the name beside it. Its first letters are no other name. */
function namesOfOthers({ form, signers }: Drafted, fields: Record<string, string>): Set<string> {
  return new Set(signers.map(({ part }) => part.dataset.seat!).filter(seat => {
    const name = `Form.Signers[${seat}].Name`;
    return !(fields[name] ?? '').startsWith((form.elements.namedItem(name) as HTMLInputElement).value);
  }));
}

function putBackField(form: HTMLFormElement, name: string, value: string): void {
  const field = kept.test(name) ? form.elements.namedItem(name) as Field | RadioNodeList | null : null;
  const parts = field instanceof RadioNodeList ? [...field] as Field[] : field ? [field] : [];
  if (parts[0] instanceof HTMLInputElement && parts[0].type === 'checkbox') {
    if (!parts[0].checked)
      parts[0].click();
  } else if (field && (parts[0]!.type === 'text' || parts.every(isAsItCame)))
    field.value = value;
}

/** Nobody has chosen anything there yet but what the page came with. */
function isAsItCame(field: Field): boolean {
  if (field instanceof HTMLSelectElement)
    return [...field.selectedOptions].every(option => option.defaultSelected || option.value === '');
  return field.type === 'text' ? field.value === field.defaultValue : field.checked === field.defaultChecked;
}

/** Something that is asked about before it is cleared. */
function isWritten({ fields, ink, sheet }: Draft): boolean {
  return Object.keys(ink).length > 0 || sheet !== null
    || Object.entries(fields).some(([name, value]) => name.endsWith('.Name') && value.trim() !== '');
}

/** Something that is worth keeping: chosen, too. */
function isBegun(draft: Draft, form: HTMLFormElement): boolean {
  return isWritten(draft) || ([...form.elements] as Field[]).some(field => kept.test(field.name) && !isAsItCame(field));
}
