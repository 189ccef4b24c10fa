// Choosing another language loads the page anew, and a form that is sent after somebody has signed out leads to signing in. What was
// typed into it until then is put back, once, in this tab.

const key = 'typed';
const sentKey = 'sent';
const besideKey = 'beside';

interface Typed {
  path: string;
  /** What the form is made of: the names of its fields, and the values that nobody sees. */
  shape: string;
  /** Null for a field that is not kept. */
  values: (string | boolean | null)[];
}

interface Sent extends Typed {
  /** Whose it is: another account that signs in in this tab does not see it. */
  account: string;
  /** Which of the page's forms that post. */
  form: number;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What was typed into the other forms of a page when one of them was sent. */
interface Beside {
  path: string;
  account: string;
  /** The address of a field's form and its name, and what it holds. */
  fields: [action: string, name: string, value: string | boolean][];
}

/** What a person typed or chose: no token, no password, no file. */
const isTyped = (field: Field) => !['hidden', 'password', 'file', 'submit', 'button'].includes(field.type);
/** Names of pupils, families and accounts stand in fields that no browser may fill in by itself; nothing of them stays in its storage. */
const mayBeKept = (field: Field) =>
  field.dataset.keep !== undefined || (field.autocomplete !== 'off' && field.form?.autocomplete !== 'off');
const isTick = (field: Field): field is HTMLInputElement => field.type === 'checkbox' || field.type === 'radio';

export function keepTypedOverLanguages(): void {
  putBack();
  document.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('.desk-account a[hreflang]') : null;
    const form = link && formOf();
    if (form && fieldsOf(form).some(hasChanged))
      sessionStorage.setItem(key, JSON.stringify({
        path: location.pathname, shape: shapeOf(form), values: fieldsOf(form).map(valueOf),
      } satisfies Typed));
  });
}

/**
 * Keeps what is sent, but for people's names, until the next page of the desk: where that is the same form, come to from signing in, it was
 * not stored.
 */
export function keepTypedOverSignIn(): void {
  putBackSent();
  // The last to hear of it: what a script sends by itself it also keeps by itself.
  window.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    const place = postedForms().indexOf(form);
    if (event.defaultPrevented || place < 0 || !fieldsOf(form).some(mayBeKept))
      return;
    sessionStorage.setItem(sentKey, JSON.stringify({
      path: location.pathname, shape: shapeOf(form), account: accountName(), form: place,
      values: fieldsOf(form).map(field => mayBeKept(field) ? valueOf(field) : null),
    } satisfies Sent));
  });
}

/** A page may have several forms: what is typed into the others when one is sent is put back into the page that comes next. */
export function keepTypedBeside(): void {
  putBackBeside();
  window.addEventListener('submit', event => {
    const others = event.defaultPrevented ? [] : postedForms().filter(form => form !== event.target);
    const fields = others.flatMap(form => fieldsOf(form).filter(field => mayBeKept(field) && field.type !== 'radio' && hasChanged(field))
      .map((field): Beside['fields'][number] => [actionOf(form), field.name, valueOf(field)]));
    if (fields.length > 0)
      sessionStorage.setItem(besideKey, JSON.stringify({ path: location.pathname, account: accountName(), fields } satisfies Beside));
  });
}

function putBackBeside(): void {
  const kept = sessionStorage.getItem(besideKey);
  sessionStorage.removeItem(besideKey);
  const beside = kept && JSON.parse(kept) as Beside;
  if (!beside || beside.path !== location.pathname || beside.account !== accountName())
    return;
  const fields = postedForms().flatMap(form => fieldsOf(form).map(field => ({ action: actionOf(form), field })));
  for (const [action, name, value] of beside.fields) {
    const same = fields.filter(there => there.action === action && there.field.name === name);
    if (same.length === 1)
      put(same[0]!.field, value);
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

/** The form that saves: a page's last one that posts. */
function formOf(): HTMLFormElement | undefined {
  return postedForms().pop();
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((it): it is Field => 'value' in it && 'name' in it && it.name !== '').filter(isTyped);
}

function valueOf(field: Field): string | boolean {
  return isTick(field) ? field.checked : field.value;
}

/** Whether a field holds something else than the page came with. */
function hasChanged(field: Field): boolean {
  if (isTick(field))
    return field.checked !== field.defaultChecked;
  return field instanceof HTMLSelectElement
    ? [...field.options].some(option => option.selected !== option.defaultSelected)
    : field.value !== field.defaultValue;
}

/** A form whose parts were moved about has another shape: nothing is put back into fields that mean something else now. */
function shapeOf(form: HTMLFormElement): string {
  const hidden = [...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')]
    .filter(it => !it.name.startsWith('__') && !it.name.endsWith('.IsUnfolded')).map(it => `${it.name}=${it.value}`);
  return [...fieldsOf(form).map(field => field.name), ...hidden].join('\n');
}

function putBack(): void {
  const kept = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  const form = formOf();
  if (!kept || !form)
    return;
  fill(form, JSON.parse(kept) as Typed);
}

function putBackSent(): void {
  const kept = sessionStorage.getItem(sentKey);
  sessionStorage.removeItem(sentKey);
  const signIn = document.querySelector<HTMLElement>('main')?.dataset.signIn;
  if (!kept || !signIn || !document.referrer.startsWith(location.origin + signIn))
    return;
  const sent = JSON.parse(kept) as Sent;
  const form = postedForms()[sent.form];
  if (form && sent.account === accountName())
    fill(form, sent);
}

function fill(form: HTMLFormElement, typed: Typed): void {
  if (typed.path !== location.pathname || typed.shape !== shapeOf(form))
    return;
  fieldsOf(form).forEach((field, place) => {
    const value = typed.values[place];
    if (value === null)
      return;
    put(field, value!);
  });
}

function put(field: Field, value: string | boolean): void {
  if (isTick(field))
    field.checked = value === true;
  else
    field.value = String(value);
}
