// One person's part of the form: the name, and the signature by hand or by the typed name.
import type { SignRequest } from './delivery';
import { clearError, showErrors, type FieldError } from './errors';
import { later } from './later';

export class Signer {
  private readonly name: HTMLInputElement;
  private readonly relation: HTMLSelectElement | null;
  /** A second child's; the others belong to the form's. */
  readonly ownClass: HTMLSelectElement | null;
  private readonly paper: HTMLElement;
  private readonly ways: HTMLButtonElement[];
  private readonly unsigned: string;
  private given: string | null = null;

  constructor(readonly part: HTMLElement, private readonly words: DOMStringMap, private readonly signed: () => void) {
    this.name = part.querySelector('input')!;
    this.relation = part.querySelector('[name$=Relation]');
    this.ownClass = document.querySelector(`[name="Form.Signers[${part.dataset.seat}].Class"]`);
    this.paper = part.querySelector('.signature-paper')!;
    this.ways = [...part.querySelectorAll<HTMLButtonElement>('[data-way]')];
    this.unsigned = this.paper.textContent!;
    part.querySelector<HTMLElement>('.signature')!.hidden = false;
    const [hand, typed] = this.ways as [HTMLButtonElement, HTMLButtonElement];
    hand.addEventListener('click', () => this.writeByHand());
    typed.addEventListener('click', () => this.hasName() && this.sign('typed'));
    this.name.addEventListener('input', () => this.signature === 'typed' && this.show());
    part.addEventListener('unsign', () => this.signature = null); // the name is another now (renamed.ts)
  }

  /** Strokes as they travel, or `typed` for the typed name, which no strokes can spell; null for none. */
  get signature(): string | null {
    return this.given;
  }

  set signature(signature: string | null) {
    this.given = signature;
    clearError(this.ways[0]!);
    const chosen = signature && (signature === 'typed' ? 'typed' : 'hand');
    this.ways.forEach(way => way.setAttribute('aria-pressed', String(way.dataset.way === chosen)));
    this.show();
    this.part.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** As the API spells it. */
  get role(): string {
    return this.part.dataset.role!.toLowerCase();
  }

  /** What this person signs, to tell the parts apart. */
  get title(): string {
    return this.part.querySelector('h2')!.textContent!;
  }

  /** The version of the text that stands on the page. */
  get version(): number {
    return Number(document.querySelector<HTMLInputElement>(`[name="Form.Signers[${this.part.dataset.role}].Version"]`)!.value);
  }

  missing(): FieldError[] {
    const errors = this.wrongName();
    if (!this.signature)
      errors.push({ field: this.field('signature'), line: this.words.signatureMissing!, of: this.title });
    return errors;
  }

  /** The field of a part of the request. */
  field(part: string): HTMLElement | null {
    return part === 'name' ? this.name : part === 'relation' ? this.relation : part === 'signature' ? this.ways[0]! : null;
  }

  toRequest(): SignRequest['signers'][number] {
    return {
      role: this.role,
      ...this.name.disabled ? { handwrittenName: true } : { name: this.name.value }, // closed by by-hand.ts
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
  private wrongName(): FieldError[] {
    const line = this.name.value.trim() ? this.name.validationMessage : this.words.nameMissing!;
    return line ? [{ field: this.name, line, of: this.title }] : [];
  }

  private hasName(): boolean {
    const wrong = this.wrongName();
    if (wrong[0])
      showErrors(wrong);
    return !wrong[0];
  }

  private async writeByHand(): Promise<void> {
    if (!this.hasName())
      return;
    const pad = await later().catch(() => null);
    if (!pad)
      return showErrors([{ field: this.ways[0]!, line: this.words.padMissing! }]);
    if (await pad.isOver(this.name.form!))
      return;
    const sheet = document.getElementById('pad') as HTMLDialogElement;
    if (sheet.hasAttribute('open') || !this.part.offsetParent)
      return; // while it was fetched, tapped twice, or gone on to another's screen
    const strokes = await pad.write(sheet, this.name.value.trim());
    this.ways[0]!.focus();
    if (strokes)
      this.sign(strokes);
  }

  /** Signed, and the next person's turn. */
  private sign(signature: string): void {
    this.signature = signature;
    this.signed();
  }

  private show(): void {
    const { signature } = this;
    this.paper.classList.toggle('signed', signature !== null);
    this.paper.textContent = signature === null ? this.unsigned : signature === 'typed' ? this.name.value : this.words.signed!;
    if (signature !== null && signature !== 'typed')
      later().then(({ picture }) => this.signature === signature && this.paper.replaceChildren(picture(signature)), () => {});
  }
}
