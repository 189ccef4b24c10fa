// One person's part of the form: the name, and the signature by hand or by the typed name.
import type { SignRequest } from './delivery';
import { clearError, showErrors, type FieldError } from './errors';
import { loadLater } from './later';

export class Signer {
  private readonly name: HTMLInputElement;
  private readonly relation: HTMLSelectElement | null;
  /** A second child's own class; the others have the form's. */
  readonly ownClass: HTMLSelectElement | null;
  private readonly preview: HTMLElement;
  private readonly buttons: HTMLButtonElement[];
  private readonly placeholder: string;
  private value: string | null = null;

  constructor(readonly part: HTMLElement, private readonly words: DOMStringMap, private readonly onSigned: () => void) {
    this.name = part.querySelector('input')!;
    this.relation = part.querySelector('[name$=Relation]');
    this.ownClass = document.querySelector(`[name="Form.Signers[${part.dataset.seat}].Class"]`);
    this.preview = part.querySelector('.signature-paper')!;
    this.buttons = [...part.querySelectorAll<HTMLButtonElement>('[data-way]')];
    this.placeholder = this.preview.textContent!;
    part.querySelector<HTMLElement>('.signature')!.hidden = false;
    const [hand, typed] = this.buttons as [HTMLButtonElement, HTMLButtonElement];
    hand.addEventListener('click', () => this.writeByHand());
    typed.addEventListener('click', () => this.checkName() && this.sign('typed'));
    this.name.addEventListener('input', () => this.signature === 'typed' && this.render());
    part.addEventListener('unsign', () => this.signature = null); // the name was changed (renamed.ts)
  }

  /** Encoded strokes (strokes.ts), or `typed` for the typed name, which is no valid encoding; null for none. */
  get signature(): string | null {
    return this.value;
  }

  set signature(signature: string | null) {
    this.value = signature;
    clearError(this.buttons[0]!);
    const chosen = signature && (signature === 'typed' ? 'typed' : 'hand');
    this.buttons.forEach(way => way.setAttribute('aria-pressed', String(way.dataset.way === chosen)));
    this.render();
    this.part.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** As the API spells it. */
  get role(): string {
    return this.part.dataset.role!.toLowerCase();
  }

  /** The title of this person's part. */
  get title(): string {
    return this.part.querySelector('h2')!.textContent!;
  }

  /** The version of the text that stands on the page. */
  get version(): number {
    return Number(document.querySelector<HTMLInputElement>(`[name="Form.Signers[${this.part.dataset.role}].Version"]`)!.value);
  }

  validate(): FieldError[] {
    const errors = this.validateName();
    if (!this.signature)
      errors.push({ field: this.field('signature'), line: this.words.signatureMissing!, of: this.title });
    return errors;
  }

  /** The field for a property of the request's signer. */
  field(part: string): HTMLElement | null {
    return part === 'name' ? this.name : part === 'relation' ? this.relation : part === 'signature' ? this.buttons[0]! : null;
  }

  toRequest(): SignRequest['signers'][number] {
    return {
      role: this.role,
      ...this.name.disabled ? { handwrittenName: true } : { name: this.name.value }, // disabled by by-hand.ts
      ...this.relation?.value && { relation: this.relation.value },
      ...this.signature === 'typed' ? { typed: true } : { signature: this.signature! },
    };
  }

  fill({ name, classId, relation, signature }: SignRequest['signers'][number]): void {
    this.name.value = name ?? '';
    this.name.disabled = !name;
    if (this.ownClass)
      this.ownClass.value = String(classId ?? 'none');
    if (this.relation)
      this.relation.value = relation ?? '';
    this.signature = signature ?? 'typed';
  }

  /** Missing, or refused for certain (names.ts). */
  private validateName(): FieldError[] {
    const line = this.name.value.trim() ? this.name.validationMessage : this.words.nameMissing!;
    return line ? [{ field: this.name, line, of: this.title }] : [];
  }

  private checkName(): boolean {
    const errors = this.validateName();
    if (errors[0])
      showErrors(errors);
    return !errors[0];
  }

  private async writeByHand(): Promise<void> {
    if (!this.checkName())
      return;
    const pad = await loadLater().catch(() => null);
    if (!pad)
      return showErrors([{ field: this.buttons[0]!, line: this.words.padMissing! }]);
    if (await pad.isOver(this.name.form!))
      return;
    const dialog = document.getElementById('pad') as HTMLDialogElement;
    if (dialog.hasAttribute('open') || !this.part.offsetParent)
      return; // tapped twice, or moved on to another person's screen, while the script was loading
    const strokes = await pad.write(dialog, this.name.value.trim());
    this.buttons[0]!.focus();
    if (strokes)
      this.sign(strokes);
  }

  /** Signs, and goes on to the next person. */
  private sign(signature: string): void {
    this.signature = signature;
    this.onSigned();
  }

  private render(): void {
    const { signature } = this;
    this.preview.classList.toggle('signed', signature !== null);
    this.preview.textContent = signature === null ? this.placeholder : signature === 'typed' ? this.name.value : this.words.signed!;
    if (signature !== null && signature !== 'typed')
      loadLater().then(({ picture }) => this.signature === signature && this.preview.replaceChildren(picture(signature)), () => {});
  }
}
