// The phone page with a script: one step at a time, handwriting, and a request that is sent until it arrives. Without
// it the form is posted as it is.
import { deliver, send, waitOrReturn, type Problem, type Receipt, type SignRequest } from './delivery';
import { clearError, clearErrors, showErrors, type FieldError } from './errors';
import { newKey } from './key';
import { Signer } from './signer';
import { followSteps, go, lead } from './steps';

const form = document.querySelector<HTMLFormElement>('.sign-form')!;
const key = form.elements.namedItem('Form.Key') as HTMLInputElement;
const classes = form.elements.namedItem('Form.Class') as HTMLSelectElement | null;
const consent = document.getElementById('Form_GuardianConsent') as HTMLInputElement;
const submit = form.querySelector<HTMLButtonElement>('.submit button')!;
const waiting = form.querySelector<HTMLElement>('.waiting')!;
const signers = [...form.querySelectorAll<HTMLElement>('[data-role]')].map(part => new Signer(part, form.dataset));

const party = () => (form.elements.namedItem('Form.Party') as RadioNodeList).value;
const isFor = (part: HTMLElement) => part.dataset.for!.split(' ').includes(party());
const signing = () => signers.filter(s => isFor(s.part));
const asksForClass = () => classes !== null && isFor(classes.closest('[data-for]')!);

function showParty(): void {
  for (const part of form.querySelectorAll<HTMLElement>('[data-for]'))
    part.hidden = !isFor(part);
}

function classMissing(): FieldError[] {
  return asksForClass() && classes!.value === '' ? [{ field: classes, line: form.dataset.classMissing! }] : [];
}

/** What the server would refuse for certain is said at once: on a slow line that saves a minute. */
function missing(): FieldError[] {
  const errors = classMissing();
  for (const signer of signing())
    errors.push(...signer.missing());
  if (party() === 'Family' && !consent.checked)
    errors.push({ field: consent, line: form.dataset.consentNeeded! });
  return errors;
}

function request(): SignRequest {
  return {
    key: key.value,
    textVersions: Object.fromEntries(signing().map(s => [s.role, s.version])),
    classId: asksForClass() ? Number(classes!.value) || null : null,
    signers: signing().map(s => s.toRequest()),
    consents: { guardian: party() === 'Family' && consent.checked, showMaskedName: false },
  };
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  if (form.classList.contains('sending'))
    return;
  clearErrors(form);
  const errors = missing();
  if (errors.length > 0)
    return showErrors(errors);

  busy(true);
  const [what, code] = [request(), form.dataset.code!];
  const answer = await deliver(() => send(code, what), seconds => {
    waiting.hidden = false;
    return waitOrReturn(seconds, document.getElementById('send-now')!);
  });
  busy(false);
  if (answer.kind === 'signed')
    thank(answer.receipt, what.signers.length);
  else
    explain(answer.problem);
});

/** While a request is under way its content stands: a changed one under the same key would be refused. */
function busy(sending: boolean): void {
  form.classList.toggle('sending', sending);
  form.setAttribute('aria-busy', String(sending));
  for (const part of form.querySelectorAll<HTMLElement>('.part, #know'))
    part.inert = sending;
  const label = submit.textContent!;
  submit.textContent = submit.dataset.sending!;
  submit.dataset.sending = label;
  waiting.hidden = true;
}

function explain(problem: Problem): void {
  const taken = problem.status === 409;
  if (taken)
    key.value = newKey(); // the next press hands this in as well
  const lines = Object.entries(problem.errors ?? { '': [taken ? form.dataset.keyTaken! : problem.detail] });
  document.getElementById('new-texts')!.hidden = !lines.some(([path]) => path.startsWith('textVersions'));
  showErrors(lines.flatMap(([path, texts]) => texts.map(line => ({ line, ...placeOf(path) }))), problem.title);
}

/** Where on the form a path of the request stands. */
function placeOf(path: string): Omit<FieldError, 'line'> {
  const [, index, part] = /^signers\[(\d)\]\.(\w+)$/.exec(path) ?? [];
  const signer = signing()[Number(index)];
  if (signer)
    return { field: signer.field(part!), of: signer.title };
  const fields: Record<string, HTMLElement | null> = {
    'classId': classes, 'consents.guardian': consent, 'signers': document.getElementById('Form_Party'),
  };
  return { field: fields[path] ?? null };
}

/** A text has a new version: the words on the page are replaced, names stay, and what was signed before is signed anew. */
async function readNewTexts(): Promise<void> {
  const page = await fetch(location.pathname).then(response => response.text());
  const texts = new DOMParser().parseFromString(page, 'text/html').getElementById('texts');
  if (!texts)
    return location.reload();
  document.getElementById('texts')!.replaceWith(texts);
  signers.forEach(s => s.reset());
  clearErrors(form);
  showParty();
  go('know', true);
  texts.scrollIntoView();
}

function thank({ receipt, number, verification }: Receipt, people: number): void {
  const done = document.getElementById('done')!;
  const numbers = Array.from({ length: people }, (_, i) => String(number + i));
  const shown = done.querySelector<HTMLElement>('.thanks-number')!;
  const big = document.createElement('strong');
  big.textContent = new Intl.ListFormat(document.documentElement.lang).format(numbers);
  const [before = '', after = ''] = shown.dataset.words!.split('{0}');
  shown.replaceChildren(before, big, after);
  done.querySelector('.thanks-verification')!.textContent = verification;
  done.querySelector<HTMLAnchorElement>('.receipt')!.href = `/r/${receipt}`;
  // What was typed and drawn stays no longer than needed; whoever signs next at this phone starts clean.
  form.reset();
  signers.forEach(s => s.reset());
  key.value = newKey();
  showParty();
  go('done', true);
}

form.addEventListener('change', event => {
  if ((event.target as HTMLInputElement).name === 'Form.Party')
    showParty();
});
form.addEventListener('input', event => clearError(event.target as Element));
form.addEventListener('click', event => {
  const target = event.target as HTMLElement;
  if (target.matches('[href="#sign"]') && classMissing().length > 0) {
    event.preventDefault();
    showErrors(classMissing());
  }
  const field = target.matches('.form-errors a') ? document.getElementById((target as HTMLAnchorElement).hash.slice(1)) : null;
  if (field) {
    event.preventDefault();
    lead(field);
  }
});
document.getElementById('new-texts')!.addEventListener('click', readNewTexts);
showParty();
followSteps();
