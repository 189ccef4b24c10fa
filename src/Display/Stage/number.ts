import { mayMove } from '../Sea/motion';

const glideTime = 220; // ms

/** The number to show while gliding; slows towards the end and never overshoots. */
export function glide(from: number, to: number, elapsed: number, time = glideTime): number {
  const left = Math.min(1, Math.max(0, 1 - elapsed / time));
  return Math.round(to - (to - from) * left * left);
}

/** A number on the page that glides to its next value; its data attribute holds the current value at once. */
export class GlidingNumber {
  private visible: number;

  private constructor(private readonly element: HTMLElement, private readonly key: string) {
    this.visible = this.value;
  }

  static of(section: HTMLElement, key: string): GlidingNumber | null {
    const element = section.querySelector<HTMLElement>(`[data-${key}]`);
    return element && new GlidingNumber(element, key);
  }

  get value(): number {
    return Number(this.element.dataset[this.key]);
  }

  /** @param time Milliseconds it may take. */
  show(value: number, time = glideTime) {
    if (value === this.value) return;
    this.element.dataset[this.key] = String(value);
    if (!mayMove()) return this.write(value);
    const from = this.visible;
    const start = performance.now();
    const step = (now: number) => {
      if (value !== this.value) return; // A newer count glides on from here.
      this.write(glide(from, value, now - start, time));
      if (this.visible !== value) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  private write(value: number) {
    this.visible = value;
    this.element.textContent = String(value);
    this.element.parentElement!.dataset.digits = String(String(value).length);
    const unit = this.element.nextElementSibling as HTMLElement | null;
    if (unit?.dataset.one) unit.textContent = (value === 1 ? unit.dataset.one : unit.dataset.other)!;
  }
}
