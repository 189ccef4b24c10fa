// Palm rejection: which of the pointers on the canvas draws. A palm that rests there does not, also one that rolled a little before the
// finger came, and a second finger ends a stroke only where the first lies still.

/** A stroke as it grows: places on the paper, and milliseconds since it began. */
export type LiveStroke = [x: number, y: number, milliseconds: number][];

export interface StrokeListener {
  /** Where on the paper a place of the canvas lies. */
  place(x: number, y: number): [number, number];
  begun(pen: LiveStroke): void;
  /** @param from The first point that is new. */
  moved(pen: LiveStroke, from: number): void;
  ended(): void;
  /** The stroke was a palm's, and is removed. */
  dropped(pen: LiveStroke): void;
}

/** A pointer on the canvas. */
interface Contact {
  pen: LiveStroke;
  type: string;
  startedAt: number;
  /** Where it is on the screen, in pixels. */
  at: { x: number; y: number };
  /** Where it began. */
  x: number;
  y: number;
  /** How far from there it has been, in pixels. */
  reach: number;
  /** It does not draw until it has been lifted. */
  isResting: boolean;
  /**
   * Where it came while another drew: that one's place then, how far from there that one has been since, and how often this one has moved.
   */
  beside: { x: number; y: number; reach: number; moves: number } | null;
}

/** Contact of a thumb is up to 60 px wide, of a palm 100 and more. */
const palmWidth = 90;
/** What moves no further than this, in pixels, may be resting. */
const restingDistance = 4;
/** A palm that rolls while the hand is put down moves no further. */
const rollingDistance = 20;
/** After so many moves of a second finger, while the first lies still, the second draws. */
const minMovesToTakeOver = 3;
/** While a pen draws, and this many milliseconds after it, fingers do not. */
const penPriorityTime = 2000;

export class Pointers {
  private readonly contacts = new Map<number, Contact>();
  private active: Contact | null = null;
  private penAt = -penPriorityTime;
  private readonly listeners: [string, (event: any) => void][] = [
    // Otherwise the browser takes a quick stroke for a fling, and ignores taps for half a second.
    ['touchstart', (event: TouchEvent) => event.preventDefault()],
    ['pointerdown', (event: PointerEvent) => this.down(event)],
    ['pointermove', (event: PointerEvent) => this.move(event)],
    ['pointerup', (event: PointerEvent) => this.up(event)],
    ['pointercancel', (event: PointerEvent) => this.up(event)],
  ];

  constructor(private readonly canvas: HTMLCanvasElement, private readonly listener: StrokeListener) {
    for (const [name, listener] of this.listeners)
      canvas.addEventListener(name, listener, { passive: false });
  }

  dispose(): void {
    for (const [name, listener] of this.listeners)
      this.canvas.removeEventListener(name, listener);
  }

  private down(event: PointerEvent): void {
    const isPen = event.pointerType === 'pen';
    if (isPen)
      this.penAt = event.timeStamp;
    if (event.button > 0 || isPalm(event) || (event.pointerType === 'touch' && event.timeStamp - this.penAt < penPriorityTime))
      return;
    if (this.active?.type === 'touch' && isPen)
      this.drop(); // the hand that holds the pen came first
    this.canvas.setPointerCapture?.(event.pointerId);
    const touch: Contact = {
      pen: [], type: event.pointerType, startedAt: event.timeStamp, at: { x: event.clientX, y: event.clientY },
      x: event.clientX, y: event.clientY, reach: 0, isResting: false, beside: this.active && { ...this.active.at, reach: 0, moves: 0 },
    };
    this.contacts.set(event.pointerId, touch);
    this.append(touch, event);
    if (!this.active && event.pointerType !== 'touch')
      this.begin(touch);
  }

  private move(event: PointerEvent): void {
    const touch = this.contacts.get(event.pointerId);
    if (!touch || touch.isResting)
      return;
    if (touch.type === 'pen')
      this.penAt = event.timeStamp;
    if (isPalm(event)) {
      touch.isResting = true;
      return touch === this.active ? this.drop() : undefined;
    }
    const from = touch.pen.length;
    const coalesced = event.getCoalescedEvents?.() ?? []; // the points between two frames
    for (const at of coalesced.length > 0 ? coalesced : [event])
      this.append(touch, at);
    touch.at = { x: event.clientX, y: event.clientY };
    touch.reach = Math.max(touch.reach, Math.hypot(event.clientX - touch.x, event.clientY - touch.y));
    if (touch === this.active) {
      for (const { beside } of this.contacts.values())
        if (beside)
          beside.reach = Math.max(beside.reach, Math.hypot(event.clientX - beside.x, event.clientY - beside.y));
      this.listener.moved(touch.pen, from);
    } else if (touch.reach > restingDistance && this.mayTakeOver(touch))
      this.begin(touch);
  }

  /**
   * Whether the pointer that moves may draw. The active one, if it has moved less since this one came, and never far, was a palm; if it has
   * lain still since then, while this one moved on, its stroke is finished.
   */
  private mayTakeOver({ reach, beside }: Contact): boolean {
    if (!this.active)
      return true;
    // Both may move in one frame, of which this one's event comes first.
    if (!beside || this.active.type !== 'touch' || ++beside.moves < minMovesToTakeOver || reach <= beside.reach)
      return false;
    if (this.active.reach <= rollingDistance)
      this.drop();
    else if (beside.reach <= restingDistance && reach > rollingDistance)
      this.finish();
    return !this.active;
  }

  private up(event: PointerEvent): void {
    const touch = this.contacts.get(event.pointerId);
    this.contacts.delete(event.pointerId);
    if (!touch)
      return;
    if (!this.active && !touch.isResting && event.type === 'pointerup')
      this.begin(touch); // a dot
    if (touch !== this.active)
      return;
    this.finish();
    // One that came meanwhile may be in the middle of the next stroke; the others rest.
    for (const other of this.contacts.values())
      if (other.beside && !other.isResting && !this.active && other.reach > Math.max(rollingDistance, other.beside.reach))
        this.begin(other);
      else if (other !== this.active)
        other.isResting ||= other.beside !== null;
  }

  /** The first that moves draws; the others rest until they are lifted. */
  private begin(touch: Contact): void {
    this.active = touch;
    for (const other of this.contacts.values())
      other.isResting ||= other !== touch;
    this.listener.begun(touch.pen);
  }

  private finish(): void {
    this.active = null;
    this.listener.ended();
  }

  private drop(): void {
    const { pen } = this.active!;
    this.active!.isResting = true;
    this.active = null;
    this.listener.dropped(pen);
  }

  private append({ pen, startedAt }: Contact, { clientX, clientY, timeStamp }: PointerEvent): void {
    const { left, top } = this.canvas.getBoundingClientRect();
    pen.push([...this.listener.place(clientX - left, clientY - top), Math.max(0, timeStamp - startedAt)]);
  }
}

/** Browsers that do not know the size of a contact report 1. */
function isPalm({ pointerType, width, height }: PointerEvent): boolean {
  return pointerType === 'touch' && Math.max(width, height) > palmWidth;
}
