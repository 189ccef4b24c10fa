// The form with a script: its fields, what is missing in them, and what happens after it is submitted.
import type { Problem, SignRequest } from './delivery';
import { clearError, clearErrors, showErrors, type FieldError } from './errors';
import { nextKey } from './key';
import { loadLater, loadLaterWithRetry } from './later';
import type { Outbox, Submission } from './outbox';
import { Signer } from './signer';
import { focusField, goToNextScreen, lastScreen, showScreen, showStep } from './steps';

export class PledgeForm {
  private readonly key: HTMLInputElement;
  readonly classes: HTMLSelectElement | null;
  readonly consent = document.getElementById('Form_GuardianConsent') as HTMLInputElement;
  /** Asked only where the event shows names. */
  private readonly masked = document.getElementById('Form_ShowMaskedName') as HTMLInputElement | null;
  private readonly waiting: HTMLElement;
  private readonly submit: HTMLButtonElement;
  readonly signers: Signer[];
  /** Submitted, not answered yet, and still in the form. */
  inHand: Submission | null = null;
  readonly opened = location.hash;

  constructor(readonly form: HTMLFormElement, private readonly outbox: Outbox) {
    this.key = form.elements.namedItem('Form.Key') as HTMLInputElement;
    this.classes = form.elements.namedItem('Form.Class') as HTMLSelectElement | null;
    this.waiting = form.querySelector('.waiting')!;
    this.submit = form.querySelector('.submit button')!;
    this.signers = [...form.querySelectorAll<HTMLElement>('[data-role]')]
      .map(part => new Signer(part, form.dataset, () => this.goOn()));
    // Loaded by Back, a page may come from the browser's cache with a key that was used.
    if ((performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.type === 'back_forward')
      this.renewKey();

    form.addEventListener('submit', event => {
      event.preventDefault();
      this.handleSubmit();
    });
    form.addEventListener('change', event => this.handleChange(event.target as HTMLInputElement));
    document.getElementById('next')!.addEventListener('click', () => this.goOn());
    form.addEventListener('input', event => clearError(event.target as Element));
    form.addEventListener('click', event => this.handleClick(event));
    document.getElementById('new-texts')!.addEventListener('click', () => this.readNewTexts());
    document.getElementById('sign-another')!.addEventListener('click', () => this.signAnother());
    this.showParty();
  }

  /** Whether these people can (still) sign here. */
  offers(party: string): boolean {
    return this.choiceOf(party) !== null;
  }

  /** Restores a request that was being sent when the page was closed or reloaded, and goes on sending it. */
  takeUp(it: Submission): void {
    this.fill(it);
    showStep(lastScreen(), false);
    this.send(it);
    this.showWaiting(true);
  }

  private get party(): string {
    return (this.form.elements.namedItem('Form.Party') as RadioNodeList).value;
  }

  private choiceOf(party: string): HTMLInputElement | null {
    return this.form.querySelector(`[name="Form.Party"][value="${party}"]`);
  }

  get signing(): Signer[] {
    return this.signers.filter(s => this.isAsked(s.part));
  }

  private get asksForClass(): boolean {
    return this.classes !== null && this.isAsked(this.classes.closest<HTMLElement>('[data-for]')!);
  }

  private get asksForConsent(): boolean {
    return this.isAsked(this.consent.closest<HTMLElement>('[data-for]')!);
  }

  private isAsked(part: HTMLElement): boolean {
    return part.dataset.for!.split(' ').includes(this.party);
  }

  showParty(): void {
    for (const part of this.form.querySelectorAll<HTMLElement>('[data-for]'))
      part.hidden = !this.isAsked(part);
    this.updateClasses();
    showScreen();
  }

  private handleChange(field: HTMLInputElement): void {
    if (field.name === 'Form.Party')
      this.showParty();
    if (field === this.consent && field.checked)
      this.goOn();
  }

  /** Goes on to the next person's screen where nothing is missing on this one. */
  private goOn(): void {
    const errors = this.validate().filter(({ field }) => field!.offsetParent);
    errors.length > 0 ? showErrors(errors) : goToNextScreen();
  }

  /** A student signs alone only in a class that is old enough. */
  private updateClasses(): void {
    const allowedAlone = this.classes?.dataset.alone!.split(' ');
    for (const choice of this.classes?.options ?? [])
      choice.disabled = this.party === 'Student' && choice.value !== '' && !allowedAlone!.includes(choice.value);
    if (this.classes?.selectedOptions[0]?.disabled)
      this.classes.value = '';
  }

  private handleSubmit(): void {
    if (this.inHand)
      return;
    clearErrors(this.form);
    const errors = this.validate();
    if (errors.length > 0)
      return showErrors(errors);
    this.send({ code: this.form.dataset.code!, party: this.party, at: Date.now(), request: this.request() });
  }

  /** What the server would refuse for certain: to say it at once saves a minute on a slow line. */
  private validate(): FieldError[] {
    const errors = this.validateClass();
    for (const signer of this.signing)
      errors.push(...signer.validate());
    if (this.asksForConsent && !this.consent.checked)
      errors.push({ field: this.consent, line: this.form.dataset.consentNeeded! });
    return errors;
  }

  private validateClass(): FieldError[] {
    const pickers = [this.classes, ...this.signing.map(s => s.ownClass)];
    return pickers.filter(picker => picker && this.isAsked(picker.closest<HTMLElement>('[data-for]')!) && picker.value === '')
      .map(field => ({ field, line: this.form.dataset.classMissing! }));
  }

  private request(): SignRequest {
    const classId = this.asksForClass ? idOf(this.classes!) : null;
    // Two children may belong to two classes, or one of them to none: then each person says which.
    const classPerSigner = this.signing.some(s => s.ownClass);
    return {
      key: this.key.value,
      slip: this.form.dataset.slip || undefined, // the page writes an empty one where there is none
      textVersions: Object.fromEntries(this.signing.map(s => [s.role, s.version])),
      classId: classPerSigner ? null : classId,
      signers: this.signing.map(s => ({ ...s.toRequest(), ...classPerSigner && { classId: s.ownClass ? idOf(s.ownClass) : classId } })),
      consents: { guardian: this.asksForConsent && this.consent.checked, showMaskedName: this.masked?.checked ?? false, wording: this.submit.value },
    };
  }

  /** The inverse of `request()`: fills the form in from a request. */
  private fill({ party, request }: Submission): void {
    this.choiceOf(party)!.checked = true;
    this.showParty();
    this.key.value = request.key;
    if (this.classes)
      this.classes.value = String(request.classId ?? request.signers[0]!.classId ?? 'none');
    this.consent.checked = request.consents.guardian;
    if (this.masked)
      this.masked.checked = request.consents.showMaskedName;
    this.signing.forEach((signer, i) => signer.fill(request.signers[i]!));
  }

  /** Stores the request on the phone, then sends it. */
  private async send(it: Submission): Promise<void> {
    this.inHand = it;
    const stored = this.outbox.keep(it);
    this.setBusy(true);
    const onDelay = () => this.inHand === it && this.showWaiting(stored);
    const { carry, tell, showThanks, applyProblem } = await loadLaterWithRetry(onDelay);
    const answer = await carry(this.outbox, it, onDelay);
    if (this.inHand !== it)
      return tell(this.outbox, it, answer);
    const selectedClass = this.classes?.selectedOptions[0];
    this.setBusy(false);
    if (answer.kind === 'signed') {
      this.clear();
      showStep('done', true);
      return showThanks(answer.receipt, it.request.signers.length, it.request.classId ? selectedClass!.text : '', it);
    }
    if (answer.kind === 'ended' && stored) {
      this.clear();
      showStep('know', true);
      return tell(this.outbox, it, answer);
    }
    this.outbox.forget(it.request.key); // a refused request is still in the form, with the reason
    this.showProblem(answer.problem, applyProblem(answer.problem, this));
  }

  private showWaiting(stored: boolean): void {
    const isNew = this.waiting.hidden;
    this.waiting.hidden = false;
    this.waiting.querySelector('p')!.textContent = stored ? this.waiting.dataset.kept! : this.waiting.dataset.unkept!;
    if (isNew)
      this.waiting.scrollIntoView({ block: 'center' });
  }

  /** While a request is being sent its fields are inert: a changed request with the same key would be refused. */
  private setBusy(sending: boolean): void {
    if (!sending)
      this.inHand = null;
    this.form.classList.toggle('sending', sending);
    this.form.setAttribute('aria-busy', String(sending));
    for (const part of this.form.querySelectorAll<HTMLElement>('.part, .first, #know, .submit a'))
      part.inert = sending;
    this.submit.textContent = sending ? this.submit.dataset.sending! : this.submit.dataset.words!;
    this.waiting.hidden = true;
    this.form.dispatchEvent(new Event('change'));
  }

  /** Clears the form for the next family while the request is still being sent. */
  private signAnother(): void {
    const it = this.inHand!;
    loadLater().then(({ tell }) => tell(this.outbox, it), () => {});
    this.setBusy(false);
    this.clear();
    showStep('know', true);
  }

  /** Clears what was typed and drawn, for whoever signs next at this phone. */
  clear(): void {
    this.form.reset();
    this.unsign();
    this.renewKey();
    clearErrors(this.form);
    this.showParty();
  }

  /** Removes the signatures, not the names. */
  private unsign(): void {
    this.signers.forEach(s => s.signature = null);
  }

  private renewKey(): void {
    this.key.value = nextKey(this.key.value);
  }

  private showProblem(problem: Problem, lines: FieldError[]): void {
    if (problem.status === 409)
      this.renewKey(); // the next submission is another request
    document.getElementById('new-texts')!.hidden = !Object.keys(problem.errors ?? {}).some(path => path.startsWith('textVersions'));
    showErrors(lines, problem.title);
  }

  /** A text has a new version: its words on the page are replaced, names stay, and signatures are removed. */
  private async readNewTexts(): Promise<void> {
    const { fetchTexts } = await loadLaterWithRetry(() => {});
    const texts = await fetchTexts();
    this.unsign();
    clearErrors(this.form);
    this.showParty();
    showStep('know', true);
    texts.scrollIntoView();
  }

  private handleClick(event: Event): void {
    const target = event.target as HTMLElement;
    const field = target.matches('.form-errors a') ? document.getElementById((target as HTMLAnchorElement).hash.slice(1)) : null;
    if (field) {
      event.preventDefault();
      focusField(field);
    }
  }
}

/** Null for "none of these classes". */
function idOf(picker: HTMLSelectElement): number | null {
  return Number(picker.value) || null;
}
