// The draft of the form: typed text and ink are stored in this tab, through a reload, another language and Back, until they are submitted
// or declined, or for a day. Consents are not stored: they are given again.
import { forget, restore, written, type Written } from './pad';
import { allSubmissions } from './submissions';
import { load, store } from './tab-store';

/** What a draft needs of the form. */
export interface DraftForm {
  readonly form: HTMLFormElement;
  readonly signers: readonly { readonly part: HTMLElement; signature: string | null }[];
  /** Shows the fields of the chosen party. */
  showParty(): void;
  clear(): void;
}

export interface Draft {
  at: number;
  /** The key of the page: once signing has ended it proves that the page was opened before. */
  key?: string;
  fields: Record<string, string>;
  /** Finished signatures, by seat. */
  ink: Record<string, string>;
  /** Ink on the open pad, not finished. */
  sheet: Written | null;
}

type Field = HTMLInputElement | HTMLSelectElement;

const savedFields = /^Form\.(Party|Class|Signers\[\w+\]\.(Name|HandwrittenName|Relation|Class))$/;

/** Another slip is another child's. */
const storageKeyOf = ({ code, slip }: { code?: string; slip?: string }) => `draft:${code}${slip}`;

/** Whether the form, or a stored draft of it, has content. */
export function hasDraft(it: DraftForm): boolean {
  const draft = load<Draft>(storageKeyOf(it.form.dataset));
  return draft !== null && hasContent(draft) || hasContent(draftOf(it));
}

/** The key in the stored draft, if there is one. */
export function keyOfDraft(code: string, slip: string): string | undefined {
  return load<Draft>(storageKeyOf({ code, slip }))?.key;
}

export function saveDraftOnChange(it: DraftForm): void {
  const name = storageKeyOf(it.form.dataset);
  const save = () => {
    // A request that the phone could not store is in the draft alone, for as long as it has no answer.
    const isStored = it.form.classList.contains('sending') && isInOutbox(it);
    const draft = isStored ? null : draftOf(it);
    store(name, draft && isWorthSaving(draft, it.form) ? draft : null);
  };
  const draft = load<Draft>(name);
  if (draft && !it.form.classList.contains('sending'))
    restoreDraft(it, draft);
  it.form.addEventListener('reset', () => forget());
  it.form.addEventListener('input', save);
  it.form.addEventListener('change', save);
  // Writing on the open pad fires no event of the form: its ink is saved here.
  addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', save);
  clearOnDecline(it);
}

function isInOutbox({ form }: DraftForm): boolean {
  const { value } = form.elements.namedItem('Form.Key') as HTMLInputElement;
  return allSubmissions().some(it => it.request.key === value);
}

/**
 * Declining clears the form and the stored draft. The link is beside the one that agrees, so it asks for confirmation where the form has
 * content, and Back restores it.
 */
function clearOnDecline(it: DraftForm): void {
  let declined: Draft | null = null;
  const decline = () => {
    const draft = draftOf(it);
    declined = hasContent(draft) ? draft : null;
    it.clear();
  };
  it.form.addEventListener('click', event => {
    if (!(event.target as Element).matches('[href="#declined"]'))
      return;
    if (!hasContent(draftOf(it)) || confirm(it.form.dataset.ask))
      decline();
    else {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  addEventListener('hashchange', () => {
    if (declined && location.hash.startsWith('#sign'))
      restoreDraft(it, declined);
    if (location.hash !== '#declined')
      declined = null;
    else if (!it.form.classList.contains('sending') && hasContent(draftOf(it)))
      decline(); // by Forward: the page says that nothing is stored
  });
  if (location.hash === '#declined')
    decline(); // declined before this script was loaded
}

function draftOf({ form, signers }: DraftForm): Draft {
  const fields = [...new FormData(form)].filter(([name, value]) => savedFields.test(name) && value !== '');
  return {
    at: Date.now(),
    key: (form.elements.namedItem('Form.Key') as HTMLInputElement).value,
    fields: Object.fromEntries(fields) as Record<string, string>,
    ink: Object.fromEntries(signers.flatMap(({ part, signature }) => signature === null ? [] : [[part.dataset.seat!, signature]])),
    sheet: written(),
  };
}

/** Restores all but what the reader has filled in before this script was loaded. */
function restoreDraft(it: DraftForm, { fields, ink, sheet }: Draft): void {
  const otherSeats = seatsWithOtherName(it, fields);
  for (const [name, value] of Object.entries(fields))
    if (![...otherSeats].some(seat => name.includes(`[${seat}]`)))
      restoreField(it.form, name, value);
  it.showParty();
  for (const signer of it.signers)
    if (!signer.signature && !otherSeats.has(signer.part.dataset.seat!))
      signer.signature = ink[signer.part.dataset.seat!] ?? null;
  if (sheet && !written())
    restore(sheet);
}

/**
 * The seats whose name field holds another name than the draft: a signature was written for the name beside it. The beginning of the
 * draft's name counts as the same.
 */
function seatsWithOtherName({ form, signers }: DraftForm, fields: Record<string, string>): Set<string> {
  return new Set(signers.map(({ part }) => part.dataset.seat!).filter(seat => {
    const name = `Form.Signers[${seat}].Name`;
    return !(fields[name] ?? '').startsWith((form.elements.namedItem(name) as HTMLInputElement).value);
  }));
}

function restoreField(form: HTMLFormElement, name: string, value: string): void {
  const field = savedFields.test(name) ? form.elements.namedItem(name) as Field | RadioNodeList | null : null;
  const parts = field instanceof RadioNodeList ? [...field] as Field[] : field ? [field] : [];
  if (parts[0] instanceof HTMLInputElement && parts[0].type === 'checkbox') {
    if (!parts[0].checked)
      parts[0].click();
  } else if (field && (parts[0]!.type === 'text' || parts.every(isUnchanged)))
    field.value = value;
}

/** Whether a field has the value that it was served with. */
function isUnchanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement)
    return [...field.selectedOptions].every(option => option.defaultSelected || option.value === '');
  return field.type === 'text' ? field.value === field.defaultValue : field.checked === field.defaultChecked;
}

/** A name or ink: clearing it asks for confirmation. */
function hasContent({ fields, ink, sheet }: Draft): boolean {
  return Object.keys(ink).length > 0 || sheet !== null
    || Object.entries(fields).some(([name, value]) => name.endsWith('.Name') && value.trim() !== '');
}

/** Content, or a choice other than the one the page was served with. */
function isWorthSaving(draft: Draft, form: HTMLFormElement): boolean {
  return hasContent(draft) || ([...form.elements] as Field[]).some(field => savedFields.test(field.name) && !isUnchanged(field));
}
