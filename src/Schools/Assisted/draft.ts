// What a volunteer has entered for somebody, and the mark, are stored in this tab until it is signed, or for a day. The consents of the
// person and the guardian are not stored: they are given again.
import { restore, written, type Written } from '../../Pledging/Phone/pad';
import { load, store } from '../../Pledging/Phone/tab-store';

interface Draft {
  at: number;
  fields: Record<string, string>;
  /** Ink on the open pad, not finished. */
  sheet: Written | null;
}

/** With the key: what was stored without an answer does not become a second pledge. */
const savedFields = ['Key', 'Party', 'Name', 'HandwrittenName', 'Child', 'ChildSignature', 'Class', 'Relation', 'Mark', 'Handwriting',
  'Witness'].map(field => `Form.${field}`);
/** Those about whoever signs. The witness is prefilled, and one of the parties is always chosen. */
const personFields = ['Name', 'Child', 'ChildSignature', 'Class', 'Relation', 'Mark', 'Handwriting'].map(field => `Form.${field}`);

const storageKey = `assisted:${location.pathname}`;

/** Reloads the closed page with the key of a draft from before signing ended: the server shows the form while it is still taken. */
export function reloadWithKey(): void {
  if (document.querySelector('.notice.success'))
    return store(storageKey, null); // that person has signed
  const key = load<Draft>(storageKey)?.fields['Form.Key'];
  const address = new URL(location.href);
  if (!key || address.searchParams.has('key'))
    return;
  address.searchParams.set('key', key);
  location.replace(address);
}

export function saveDraftOnChange(form: HTMLFormElement): void {
  const isFresh = !document.querySelector('.form-errors'); // else the form holds what was submitted
  if (document.querySelector('.notice.success'))
    store(storageKey, null); // that person has signed
  else if (isFresh)
    restoreDraft(form, load<Draft>(storageKey));
  const save = () => store(storageKey, draftOf(form));
  form.addEventListener('input', save);
  form.addEventListener('change', save);
  addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', save);
}

function restoreDraft(form: HTMLFormElement, draft: Draft | null): void {
  if (!draft)
    return;
  for (const [name, value] of Object.entries(draft.fields))
    if (savedFields.includes(name))
      restoreField(form.elements.namedItem(name) as HTMLInputElement | null, value);
  if (draft.sheet)
    restore(draft.sheet);
}

/** The only checkbox is saved where it was checked. Not every event has all of the fields. */
function restoreField(field: HTMLInputElement | null, value: string): void {
  if (!field)
    return;
  if (field.type === 'checkbox')
    field.checked = true;
  else
    field.value = value;
}

function draftOf(form: HTMLFormElement): Draft | null {
  const all = [...new FormData(form)].filter(([field, value]) => savedFields.includes(field) && value !== '');
  const [fields, sheet] = [Object.fromEntries(all) as Record<string, string>, written()];
  return sheet || personFields.some(field => fields[field]) ? { at: Date.now(), fields, sheet } : null;
}
