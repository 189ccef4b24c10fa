// One person's part of the form: the name, and the signature by hand or by the typed name.
import type { SignRequest } from './delivery';
import { clearError, showErrors, type FieldError } from './errors';
import { encode, fit, isEmpty, outline, type Handwriting } from './strokes';

const svg = 'http://www.w3.org/2000/svg';

export class Signer {
  private readonly name: HTMLInputElement;
  private readonly relation: HTMLSelectElement | null;
  private readonly paper: HTMLElement;
  private readonly ways: HTMLButtonElement[];
  private readonly unsigned: string;
  private signature: Handwriting | 'typed' | null = null;

  constructor(readonly part: HTMLElement, private readonly words: DOMStringMap) {
    this.name = part.querySelector('input')!;
    this.relation = part.querySelector('select');
    this.paper = part.querySelector('.signature-paper')!;
    this.ways = [...part.querySelectorAll<HTMLButtonElement>('[data-way]')];
    this.unsigned = this.paper.textContent!;
    part.querySelector<HTMLElement>('.signature')!.hidden = false;
    const [hand, typed] = this.ways as [HTMLButtonElement, HTMLButtonElement];
    hand.addEventListener('click', () => this.writeByHand());
    typed.addEventListener('click', () => this.hasName() && this.sign('typed'));
    this.name.addEventListener('input', () => this.signature === 'typed' && this.show());
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
    const errors: FieldError[] = [];
    if (this.name.value.trim() === '')
      errors.push({ field: this.name, line: this.words.nameMissing!, of: this.title });
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
      name: this.name.value,
      ...this.relation?.value && { relation: this.relation.value },
      ...this.signature === 'typed' ? { typed: true } : { signature: encode(this.signature!) },
    };
  }

  reset(): void {
    this.sign(null);
  }

  private hasName(): boolean {
    const named = this.name.value.trim() !== '';
    if (!named)
      showErrors([{ field: this.name, line: this.words.nameMissing! }]);
    return named;
  }

  private async writeByHand(): Promise<void> {
    if (!this.hasName())
      return;
    const { write } = await import('./pad');
    const written = await write(document.getElementById('pad') as HTMLDialogElement, this.name.value.trim(), isEmpty);
    if (written)
      this.sign(fit(written));
    this.ways[0]!.focus();
  }

  private sign(signature: Handwriting | 'typed' | null): void {
    this.signature = signature;
    clearError(this.ways[0]!);
    const chosen = signature === null ? null : signature === 'typed' ? 'typed' : 'hand';
    this.ways.forEach(way => way.setAttribute('aria-pressed', String(way.dataset.way === chosen)));
    this.show();
  }

  private show(): void {
    this.paper.classList.toggle('signed', this.signature !== null);
    if (this.signature === null)
      this.paper.textContent = this.unsigned;
    else if (this.signature === 'typed')
      this.paper.textContent = this.name.value;
    else
      this.paper.replaceChildren(picture(this.signature));
  }
}

function picture(handwriting: Handwriting): SVGElement {
  const { path, viewBox } = outline(handwriting);
  const [image, ink] = [document.createElementNS(svg, 'svg'), document.createElementNS(svg, 'path')];
  image.setAttribute('viewBox', viewBox);
  image.setAttribute('aria-hidden', 'true');
  ink.setAttribute('d', path);
  image.append(ink);
  return image;
}
