// What a volunteer has written down of somebody, and the mark, stay in this tab through a reload and Back until it is signed, or for a
// day. What the person and the guardian say is not kept: it is said anew.
import { restore, written, type Written } from '../../Pledging/Phone/pad';

interface Draft {
  at: number;
  fields: Record<string, string>;
  /** What stands on the open sheet, unfinished. */
  sheet: Written | null;
}

const day = 86_400_000; // ms
/** With the key: what was signed though no answer came is then no second pledge. */
const kept = ['Key', 'Role', 'Name', 'HandwrittenName', 'Child', 'Class', 'Relation', 'Mark', 'Handwriting', 'Witness']
  .map(field => `Form.${field}`);
/** Those that say something of the person. The witness is proposed, and a role is always chosen. */
const person = ['Name', 'Child', 'Class', 'Relation', 'Mark', 'Handwriting'].map(field => `Form.${field}`);

const name = `assisted:${location.pathname}`;

/** The page was opened anew after signing ended: with the key of before it, it has the form, if that is still taken. */
export function returnToForm(): void {
  if (document.querySelector('.notice.success'))
    return store(name, null); // of whoever has signed
  const key = load(name)?.fields['Form.Key'];
  const address = new URL(location.href);
  if (!key || address.searchParams.has('key'))
    return;
  address.searchParams.set('key', key);
  location.replace(address);
}

export function keepDraft(form: HTMLFormElement): void {
  const isFresh = !document.querySelector('.form-errors'); // else the form is as it was handed in
  if (document.querySelector('.notice.success'))
    store(name, null); // of whoever has signed
  else if (isFresh)
    putBack(form, load(name));
  const save = () => store(name, draftOf(form));
  form.addEventListener('input', save);
  form.addEventListener('change', save);
  addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', save);
}

function putBack(form: HTMLFormElement, draft: Draft | null): void {
  if (!draft)
    return;
  for (const [name, value] of Object.entries(draft.fields))
    if (kept.includes(name))
      putBackField(form.elements.namedItem(name) as HTMLInputElement, value);
  if (draft.sheet)
    restore(draft.sheet);
}

/** There is one box among them, which is kept where it was ticked. */
function putBackField(field: HTMLInputElement, value: string): void {
  if (field.type === 'checkbox')
    field.checked = true;
  else
    field.value = value;
}

function draftOf(form: HTMLFormElement): Draft | null {
  const all = [...new FormData(form)].filter(([field, value]) => kept.includes(field) && value !== '');
  const [fields, sheet] = [Object.fromEntries(all) as Record<string, string>, written()];
  return sheet || person.some(field => fields[field]) ? { at: Date.now(), fields, sheet } : null;
}

function store(name: string, draft: Draft | null): void {
  try {
    if (draft)
      sessionStorage.setItem(name, JSON.stringify(draft));
    else
      sessionStorage.removeItem(name);
  } catch {
    // a browser that stores nothing keeps no draft
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
