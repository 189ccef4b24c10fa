import { mayMove } from '../Sea/motion';

const glideTime = 220; // ms

/** The number to show during the animation; slows towards the end and never overshoots. */
export function glide(from: number, to: number, elapsed: number, time = glideTime): number {
  const left = Math.min(1, Math.max(0, 1 - elapsed / time));
  return Math.round(to - (to - from) * left * left);
}

/** A number on the page that is animated to its next value; its data attribute holds the new value at once. */
export class GlidingNumber {
  private displayed: number;

  private constructor(private readonly element: HTMLElement, private readonly key: string) {
    this.displayed = this.value;
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
    const from = this.displayed;
    const start = performance.now();
    const step = (now: number) => {
      if (value !== this.value) return; // The animation of a newer value takes over.
      this.write(glide(from, value, now - start, time));
      if (this.displayed !== value) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  private write(value: number) {
    this.displayed = value;
    this.element.textContent = String(value);
    this.element.parentElement!.dataset.digits = String(String(value).length);
    const unit = this.element.nextElementSibling as HTMLElement | null;
    if (unit?.dataset.one) unit.textContent = (value === 1 ? unit.dataset.one : unit.dataset.other)!;
  }
}
