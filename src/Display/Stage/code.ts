import { mayMove } from '../Sea/motion';

const shrinkTime = 700; // ms

/** Where the QR code is: small in the corner, on a sheet beside the count, on the plate in the lifebuoy, or hidden. */
export type CodePlace = 'corner' | 'sheet' | 'plate' | 'none';

/** The QR code and its address: one element, which the style sheet places by `data-code`. */
export class Code {
  private byHost = false;
  private byKey = false;
  private bySignNow = false;

  constructor(private main: HTMLElement) {}

  moveTo(main: HTMLElement) {
    this.main = main;
    this.show();
  }

  /** Whether signing has been closed: then there is no code, as nobody could sign with it. */
  get isClosed() {
    return this.main.dataset.state === 'closed';
  }

  put(place: CodePlace) {
    this.main.dataset.code = this.isClosed ? 'none' : place;
  }

  /** Enlarges the code, as the host, the key Q, or the beginning of "sign now" asks. */
  enlarge(source: { host?: boolean; signNow?: boolean }) {
    this.byHost = source.host ?? this.byHost;
    this.bySignNow = source.signNow ?? this.bySignNow;
    this.show();
  }

  toggle() {
    this.byKey = !this.main.hasAttribute('data-large-code');
    if (!this.byKey) this.byHost = this.bySignNow = false;
    this.show();
  }

  private show() {
    const isLarge = this.byHost || this.byKey || this.bySignNow;
    const wasLarge = this.main.hasAttribute('data-large-code');
    if (isLarge === wasLarge) return;
    const picture = this.main.querySelector<SVGElement>('.qr')!;
    const before = picture.getBoundingClientRect();
    this.main.toggleAttribute('data-large-code', isLarge);
    const after = picture.getBoundingClientRect();
    if (isLarge || !mayMove() || after.width === 0) return;
    // Animates it from its old place and size.
    const from = `translate(${before.left - after.left}px, ${before.top - after.top}px) scale(${before.width / after.width})`;
    picture.animate([
      { transformOrigin: '0 0', transform: from },
      { transformOrigin: '0 0', transform: 'none' },
    ], { duration: shrinkTime, easing: 'cubic-bezier(.65, 0, .35, 1)' });
  }
}
