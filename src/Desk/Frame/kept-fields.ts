// Choosing another language reloads the page, and a form that is sent after signing out leads to signing in. What was typed until then is
// restored, once, from this tab's storage.

const languageKey = 'typed';
const submittedKey = 'sent';
const otherFormsKey = 'beside';

interface SavedForm {
  path: string;
  /** The names of the form's fields, and the values of its hidden fields. */
  shape: string;
  /** Null for a field that is not kept. */
  values: (string | boolean | null)[];
}

interface SubmittedForm extends SavedForm {
  /** Another account that signs in in this tab does not get it. */
  account: string;
  /** Which of the page's forms that post. */
  form: number;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What was typed into the other forms of a page when one of them was sent. */
interface OtherForms {
  path: string;
  account: string;
  /** The address of a field's form and its name, and what it holds. */
  fields: [action: string, name: string, value: string | boolean][];
}

/** What a person typed or chose: no token, no password, no file. */
const isTyped = (field: Field) => !['hidden', 'password', 'file', 'submit', 'button'].includes(field.type);
/** Not people's names: their fields have autocomplete off, and are not stored. */
const mayBeKept = (field: Field) =>
  field.dataset.keep !== undefined || (field.autocomplete !== 'off' && field.form?.autocomplete !== 'off');
const isCheckable = (field: Field): field is HTMLInputElement => field.type === 'checkbox' || field.type === 'radio';

export function keepFieldsOnLanguageChange(): void {
  restoreAfterLanguageChange();
  document.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('.desk-account a[hreflang]') : null;
    const form = link && savingForm();
    if (form && fieldsOf(form).some(hasChanged))
      sessionStorage.setItem(languageKey, JSON.stringify({
        path: location.pathname, shape: shapeOf(form), values: fieldsOf(form).map(valueOf),
      } satisfies SavedForm));
  });
}

/**
 * Stores a form that is sent, but for people's names, until the next page of the desk: if that is the same form after signing in, it was
 * not saved, and is restored.
 */
export function keepFieldsOnSignIn(): void {
  restoreSubmitted();
  // On the window, after all other listeners: what a script sends by itself is not stored here.
  window.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    const index = postedForms().indexOf(form);
    if (event.defaultPrevented || index < 0 || !fieldsOf(form).some(mayBeKept))
      return;
    sessionStorage.setItem(submittedKey, JSON.stringify({
      path: location.pathname, shape: shapeOf(form), account: accountName(), form: index,
      values: fieldsOf(form).map(field => mayBeKept(field) ? valueOf(field) : null),
    } satisfies SubmittedForm));
  });
}

/** A page may have several forms: what is typed into the others when one is sent is restored on the next page. */
export function keepFieldsOfOtherForms(): void {
  restoreOtherForms();
  window.addEventListener('submit', event => {
    const others = event.defaultPrevented ? [] : postedForms().filter(form => form !== event.target);
    const fields = others.flatMap(form => fieldsOf(form).filter(field => mayBeKept(field) && field.type !== 'radio' && hasChanged(field))
      .map((field): OtherForms['fields'][number] => [actionOf(form), field.name, valueOf(field)]));
    if (fields.length > 0)
      sessionStorage.setItem(otherFormsKey, JSON.stringify({
        path: location.pathname, account: accountName(), fields,
      } satisfies OtherForms));
  });
}

function restoreOtherForms(): void {
  const json = sessionStorage.getItem(otherFormsKey);
  sessionStorage.removeItem(otherFormsKey);
  const otherForms = json && JSON.parse(json) as OtherForms;
  if (!otherForms || otherForms.path !== location.pathname || otherForms.account !== accountName())
    return;
  const fields = postedForms().flatMap(form => fieldsOf(form).map(field => ({ action: actionOf(form), field })));
  for (const [action, name, value] of otherForms.fields) {
    const matches = fields.filter(candidate => candidate.action === action && candidate.field.name === name);
    if (matches.length === 1)
      setValue(matches[0]!.field, value);
  }
}

function actionOf(form: HTMLFormElement): string {
  return form.getAttribute('action') ?? '';
}

function accountName(): string {
  return document.querySelector('.menu summary')?.textContent?.trim() ?? '';
}

function postedForms(): HTMLFormElement[] {
  return [...document.querySelectorAll<HTMLFormElement>('main form[method=post]')];
}

/** The form that saves: the page's last one with method post. */
function savingForm(): HTMLFormElement | undefined {
  return postedForms().pop();
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((it): it is Field => 'value' in it && 'name' in it && it.name !== '').filter(isTyped);
}

function valueOf(field: Field): string | boolean {
  return isCheckable(field) ? field.checked : field.value;
}

/** Whether a field has another value than it was served with. */
function hasChanged(field: Field): boolean {
  if (isCheckable(field))
    return field.checked !== field.defaultChecked;
  return field instanceof HTMLSelectElement
    ? [...field.options].some(option => option.selected !== option.defaultSelected)
    : field.value !== field.defaultValue;
}

/** Compared before restoring: in a form whose parts were moved a field of the same name may mean something else. */
function shapeOf(form: HTMLFormElement): string {
  const hidden = [...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')]
    .filter(it => !it.name.startsWith('__') && !it.name.endsWith('.IsUnfolded')).map(it => `${it.name}=${it.value}`);
  return [...fieldsOf(form).map(field => field.name), ...hidden].join('\n');
}

function restoreAfterLanguageChange(): void {
  const json = sessionStorage.getItem(languageKey);
  sessionStorage.removeItem(languageKey);
  const form = savingForm();
  if (!json || !form)
    return;
  restoreForm(form, JSON.parse(json) as SavedForm);
}

function restoreSubmitted(): void {
  const json = sessionStorage.getItem(submittedKey);
  sessionStorage.removeItem(submittedKey);
  const { signIn, restoredText } = document.querySelector<HTMLElement>('main')?.dataset ?? {};
  if (!json || !signIn || !document.referrer.startsWith(location.origin + signIn))
    return;
  const submitted = JSON.parse(json) as SubmittedForm;
  const form = postedForms()[submitted.form];
  if (form && submitted.account === accountName() && restoreForm(form, submitted))
    showNotSaved(form, restoredText ?? '');
}

/** Above the form, which looks as if it had been saved. */
function showNotSaved(form: HTMLFormElement, text: string): void {
  const notice = document.createElement('p');
  notice.className = 'notice';
  notice.tabIndex = -1;
  notice.textContent = text;
  form.before(notice);
  notice.focus();
}

/** Whether the form was as it was when it was stored. */
function restoreForm(form: HTMLFormElement, saved: SavedForm): boolean {
  if (saved.path !== location.pathname || saved.shape !== shapeOf(form))
    return false;
  fieldsOf(form).forEach((field, index) => {
    const value = saved.values[index];
    if (value === null)
      return;
    setValue(field, value!);
  });
  return true;
}

function setValue(field: Field, value: string | boolean): void {
  if (isCheckable(field))
    field.checked = value === true;
  else
    field.value = String(value);
}
