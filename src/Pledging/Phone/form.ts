// The form with a script: what stands in it, what is missing, and what becomes of it once it is handed in.
import type { Problem, SignRequest } from './delivery';
import { clearError, clearErrors, showErrors, type FieldError } from './errors';
import { nextKey } from './key';
import { later, laterForCertain } from './later';
import type { HandedIn, Outbox } from './outbox';
import { Signer } from './signer';
import { go, goOn, lastScreen, lead, showScreen } from './steps';

export class PledgeForm {
  private readonly key: HTMLInputElement;
  readonly classes: HTMLSelectElement | null;
  readonly consent = document.getElementById('Form_GuardianConsent') as HTMLInputElement;
  private readonly masked = document.getElementById('Form_ShowMaskedName') as HTMLInputElement;
  private readonly waiting: HTMLElement;
  private readonly submit: HTMLButtonElement;
  readonly signers: Signer[];
  /** Handed in, not answered yet, and its content still stands in the form. */
  inHand: HandedIn | null = null;
  readonly opened = location.hash;

  constructor(readonly form: HTMLFormElement, private readonly outbox: Outbox) {
    this.key = form.elements.namedItem('Form.Key') as HTMLInputElement;
    this.classes = form.elements.namedItem('Form.Class') as HTMLSelectElement | null;
    this.waiting = form.querySelector('.waiting')!;
    this.submit = form.querySelector('.submit button')!;
    this.signers = [...form.querySelectorAll<HTMLElement>('[data-role]')]
      .map(part => new Signer(part, form.dataset, () => this.goOn()));
    // Loaded anew by Back, a page may come from the browser's cache with a key that is used.
    if ((performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.type === 'back_forward')
      this.renewKey();

    form.addEventListener('submit', event => {
      event.preventDefault();
      this.press();
    });
    form.addEventListener('change', event => this.changed(event.target as HTMLInputElement));
    document.getElementById('next')!.addEventListener('click', () => this.goOn());
    form.addEventListener('input', event => clearError(event.target as Element));
    form.addEventListener('click', event => this.follow(event));
    document.getElementById('new-texts')!.addEventListener('click', () => this.readNewTexts());
    document.getElementById('sign-another')!.addEventListener('click', () => this.makeRoom());
    this.showParty();
  }

  /** Whether these people can (still) sign here. */
  offers(party: string): boolean {
    return this.choiceOf(party) !== null;
  }

  /** A request that was under way when the page was closed or opened anew: it stands here as it was handed in. */
  takeUp(it: HandedIn): void {
    this.fill(it);
    go(lastScreen(), false);
    this.handIn(it);
    this.sayWaiting(true);
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
    this.offerClasses();
    showScreen();
  }

  private changed(field: HTMLInputElement): void {
    if (field.name === 'Form.Party')
      this.showParty();
    if (field === this.consent && field.checked)
      this.goOn();
  }

  /** The next person's screen, where nothing is missing on this one. */
  private goOn(): void {
    const errors = this.missing().filter(({ field }) => field!.offsetParent);
    errors.length > 0 ? showErrors(errors) : goOn();
  }

  /** A student signs alone only in a class that is old enough. */
  private offerClasses(): void {
    const alone = this.classes?.dataset.alone!.split(' ');
    for (const choice of this.classes?.options ?? [])
      choice.disabled = this.party === 'Student' && choice.value !== '' && !alone!.includes(choice.value);
    if (this.classes?.selectedOptions[0]?.disabled)
      this.classes.value = '';
  }

  private press(): void {
    if (this.inHand)
      return;
    clearErrors(this.form);
    const errors = this.missing();
    if (errors.length > 0)
      return showErrors(errors);
    this.handIn({ code: this.form.dataset.code!, party: this.party, at: Date.now(), request: this.request() });
  }

  /** What the server would refuse for certain is said at once: on a slow line that saves a minute. */
  private missing(): FieldError[] {
    const errors = this.classMissing();
    for (const signer of this.signing)
      errors.push(...signer.missing());
    if (this.asksForConsent && !this.consent.checked)
      errors.push({ field: this.consent, line: this.form.dataset.consentNeeded! });
    return errors;
  }

  private classMissing(): FieldError[] {
    const pickers = [this.classes, ...this.signing.map(s => s.ownClass)];
    return pickers.filter(picker => picker && this.isAsked(picker.closest<HTMLElement>('[data-for]')!) && picker.value === '')
      .map(field => ({ field, line: this.form.dataset.classMissing! }));
  }

  private request(): SignRequest {
    const classId = this.asksForClass ? idOf(this.classes!) : null;
    // Two children may belong to two classes, or one of them to none: then each person says which.
    const each = this.signing.some(s => s.ownClass);
    return {
      key: this.key.value,
      slip: this.form.dataset.slip || undefined, // the page writes an empty one where there is none
      textVersions: Object.fromEntries(this.signing.map(s => [s.role, s.version])),
      classId: each ? null : classId,
      signers: this.signing.map(s => ({ ...s.toRequest(), ...each && { classId: s.ownClass ? idOf(s.ownClass) : classId } })),
      consents: { guardian: this.asksForConsent && this.consent.checked, showMaskedName: this.masked.checked, wording: this.submit.value },
    };
  }

  /** The other way round: the form as it was when the request was made of it. */
  private fill({ party, request }: HandedIn): void {
    this.choiceOf(party)!.checked = true;
    this.showParty();
    this.key.value = request.key;
    if (this.classes)
      this.classes.value = String(request.classId ?? request.signers[0]!.classId ?? 'none');
    this.consent.checked = request.consents.guardian;
    this.masked.checked = request.consents.showMaskedName;
    this.signing.forEach((signer, i) => signer.fill(request.signers[i]!));
  }

  /** It is in the phone's storage before it is sent. */
  private async handIn(it: HandedIn): Promise<void> {
    this.inHand = it;
    const kept = this.outbox.keep(it);
    this.busy(true);
    const waits = () => this.inHand === it && this.sayWaiting(kept);
    const { carry, tell, showThanks, linesOf } = await laterForCertain(waits);
    const answer = await carry(this.outbox, it, waits);
    if (this.inHand !== it)
      return tell(this.outbox, it, answer);
    const place = this.classes?.selectedOptions[0];
    this.busy(false);
    if (answer.kind === 'signed') {
      this.clear();
      go('done', true);
      return showThanks(answer.receipt, it.request.signers.length, it.request.classId ? place!.text : '', it);
    }
    if (answer.kind === 'ended' && kept) {
      this.clear();
      go('know', true);
      return tell(this.outbox, it, answer);
    }
    this.outbox.forget(it.request.key); // what is refused stands in the form now, with the reason
    this.explain(answer.problem, linesOf(answer.problem, this));
  }

  private sayWaiting(kept: boolean): void {
    const isNew = this.waiting.hidden;
    this.waiting.hidden = false;
    this.waiting.querySelector('p')!.textContent = kept ? this.waiting.dataset.kept! : this.waiting.dataset.unkept!;
    if (isNew)
      this.waiting.scrollIntoView({ block: 'center' });
  }

  /** While a request is under way its content stands: a changed one under the same key would be refused. */
  private busy(sending: boolean): void {
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

  /** Somebody else signs at this phone while the first request is still on its way. */
  private makeRoom(): void {
    const it = this.inHand!;
    later().then(({ tell }) => tell(this.outbox, it), () => {});
    this.busy(false);
    this.clear();
    go('know', true);
  }

  /** What was typed and drawn stays no longer than needed; whoever signs next at this phone starts clean. */
  clear(): void {
    this.form.reset();
    this.unsign();
    this.renewKey();
    clearErrors(this.form);
    this.showParty();
  }

  /** The names stay, the signatures are given anew. */
  private unsign(): void {
    this.signers.forEach(s => s.signature = null);
  }

  private renewKey(): void {
    this.key.value = nextKey(this.key.value);
  }

  private explain(problem: Problem, lines: FieldError[]): void {
    if (problem.status === 409)
      this.renewKey(); // the next submission is another request
    document.getElementById('new-texts')!.hidden = !Object.keys(problem.errors ?? {}).some(path => path.startsWith('textVersions'));
    showErrors(lines, problem.title);
  }

  /** A text has a new version: the words on the page are replaced, names stay, and what was signed before is signed anew. */
  private async readNewTexts(): Promise<void> {
    const { fetchTexts } = await laterForCertain(() => {});
    const texts = await fetchTexts();
    this.unsign();
    clearErrors(this.form);
    this.showParty();
    go('know', true);
    texts.scrollIntoView();
  }

  private follow(event: Event): void {
    const target = event.target as HTMLElement;
    const field = target.matches('.form-errors a') ? document.getElementById((target as HTMLAnchorElement).hash.slice(1)) : null;
    if (field) {
      event.preventDefault();
      lead(field);
    }
  }
}

/** None of the event's classes is null. */
function idOf(picker: HTMLSelectElement): number | null {
  return Number(picker.value) || null;
}
