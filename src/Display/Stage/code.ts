import { mayMove } from '../Sea/motion';

const shrinkTime = 700; // ms

/** Where the code stands: a reminder in the corner, on a sheet beside the count, on the plate in the lifebuoy, or nowhere. */
export type CodePlace = 'corner' | 'sheet' | 'plate' | 'none';

/** The code and the address beside it: one element, which the style sheet puts where `data-code` says. */
export class Code {
  private byHost = false;
  private byKey = false;
  private bySignNow = false;

  constructor(private main: HTMLElement) {}

  moveTo(main: HTMLElement) {
    this.main = main;
    this.show();
  }

  put(place: CodePlace) {
    this.main.dataset.code = place;
  }

  /** As large as the screen allows: by the host, by the key Q at the machine, by itself at the beginning of "sign now". */
  enlarge(by: { host?: boolean; signNow?: boolean }) {
    this.byHost = by.host ?? this.byHost;
    this.bySignNow = by.signNow ?? this.bySignNow;
    this.show();
  }

  toggle() {
    this.byKey = !this.main.hasAttribute('data-large-code');
    if (!this.byKey) this.byHost = this.bySignNow = false;
    this.show();
  }

  private show() {
    const large = this.byHost || this.byKey || this.bySignNow;
    const was = this.main.hasAttribute('data-large-code');
    if (large === was) return;
    const picture = this.main.querySelector<SVGElement>('.qr')!;
    const before = picture.getBoundingClientRect();
    this.main.toggleAttribute('data-large-code', large);
    const after = picture.getBoundingClientRect();
    if (large || !mayMove() || after.width === 0) return;
    // It shrinks to where it stands from now on.
    const from = `translate(${before.left - after.left}px, ${before.top - after.top}px) scale(${before.width / after.width})`;
    picture.animate([
      { transformOrigin: '0 0', transform: from },
      { transformOrigin: '0 0', transform: 'none' },
    ], { duration: shrinkTime, easing: 'cubic-bezier(.65, 0, .35, 1)' });
  }
}
