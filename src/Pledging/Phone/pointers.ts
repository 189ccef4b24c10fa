// Which of the things that touch the canvas is the pen. A palm that rests there is none, also one that rolled a little before the finger
// came, and a second finger ends no stroke but one whose finger lies still.

/** A stroke as it grows: places on the paper, and milliseconds since it began. */
export type Pen = [x: number, y: number, milliseconds: number][];

export interface Writing {
  /** Where on the paper a place of the canvas lies. */
  place(x: number, y: number): [number, number];
  begun(pen: Pen): void;
  /** @param from The first point that is new. */
  moved(pen: Pen, from: number): void;
  ended(): void;
  /** It was no pen after all. */
  dropped(pen: Pen): void;
}

/** Something that touches the canvas. */
interface Touching {
  pen: Pen;
  type: string;
  startedAt: number;
  /** Where it is on the screen, in pixels. */
  at: { x: number; y: number };
  /** Where it began. */
  x: number;
  y: number;
  /** How far from there it has been, in pixels. */
  reach: number;
  /** Somebody has written since it came: it rests. */
  rests: boolean;
  /** It came while another wrote: where that one was then, how far from there that one has been since; how often this one has moved. */
  beside: { x: number; y: number; reach: number; moves: number } | null;
}

/** Contact of a thumb is up to 60 px wide, of a palm 100 and more. */
const palmWidth = 90;
/** What moves no further than this, in pixels, may be resting. */
const restingDistance = 4;
/** A palm that rolls while the hand is put down moves no further. */
const rollingDistance = 20;
/** So often a second finger moves while the first lies still, until it is the one that writes. */
const movesAlone = 3;
/** While a pen writes, and this many ms after it, no finger does. */
const penRules = 2000;

export class Pointers {
  private readonly touching = new Map<number, Touching>();
  private writing: Touching | null = null;
  private penAt = -penRules;
  private readonly listeners: [string, (event: any) => void][] = [
    // Without this a stroke that is flicked is a fling to the browser, which then swallows the taps of half a second.
    ['touchstart', (event: TouchEvent) => event.preventDefault()],
    ['pointerdown', (event: PointerEvent) => this.down(event)],
    ['pointermove', (event: PointerEvent) => this.move(event)],
    ['pointerup', (event: PointerEvent) => this.up(event)],
    ['pointercancel', (event: PointerEvent) => this.up(event)],
  ];

  constructor(private readonly canvas: HTMLCanvasElement, private readonly to: Writing) {
    for (const [name, listener] of this.listeners)
      canvas.addEventListener(name, listener, { passive: false });
  }

  end(): void {
    for (const [name, listener] of this.listeners)
      this.canvas.removeEventListener(name, listener);
  }

  private down(event: PointerEvent): void {
    const isPen = event.pointerType === 'pen';
    if (isPen)
      this.penAt = event.timeStamp;
    if (event.button > 0 || isPalm(event) || (event.pointerType === 'touch' && event.timeStamp - this.penAt < penRules))
      return;
    if (this.writing?.type === 'touch' && isPen)
      this.drop(); // the hand that holds the pen came first
    this.canvas.setPointerCapture?.(event.pointerId);
    const touch: Touching = {
      pen: [], type: event.pointerType, startedAt: event.timeStamp, at: { x: event.clientX, y: event.clientY },
      x: event.clientX, y: event.clientY, reach: 0, rests: false, beside: this.writing && { ...this.writing.at, reach: 0, moves: 0 },
    };
    this.touching.set(event.pointerId, touch);
    this.append(touch, event);
    if (!this.writing && event.pointerType !== 'touch')
      this.begin(touch);
  }

  private move(event: PointerEvent): void {
    const touch = this.touching.get(event.pointerId);
    if (!touch || touch.rests)
      return;
    if (touch.type === 'pen')
      this.penAt = event.timeStamp;
    if (isPalm(event)) {
      touch.rests = true;
      return touch === this.writing ? this.drop() : undefined;
    }
    const from = touch.pen.length;
    const passed = event.getCoalescedEvents?.() ?? []; // the places between two pictures of the screen
    for (const at of passed.length > 0 ? passed : [event])
      this.append(touch, at);
    touch.at = { x: event.clientX, y: event.clientY };
    touch.reach = Math.max(touch.reach, Math.hypot(event.clientX - touch.x, event.clientY - touch.y));
    if (touch === this.writing) {
      for (const { beside } of this.touching.values())
        if (beside)
          beside.reach = Math.max(beside.reach, Math.hypot(event.clientX - beside.x, event.clientY - beside.y));
      this.to.moved(touch.pen, from);
    } else if (touch.reach > restingDistance && this.yieldsTo(touch))
      this.begin(touch);
  }

  /**
   * Whether nobody writes but the one that moves now. What has moved less than it since it came, and never far, was a palm; what lies
   * still since then, while this one has gone on, has finished its stroke.
   */
  private yieldsTo({ reach, beside }: Touching): boolean {
    if (!this.writing)
      return true;
    // Both may move in one picture of the screen, of which this one is told first.
    if (!beside || this.writing.type !== 'touch' || ++beside.moves < movesAlone || reach <= beside.reach)
      return false;
    if (this.writing.reach <= rollingDistance)
      this.drop();
    else if (beside.reach <= restingDistance && reach > rollingDistance)
      this.finish();
    return !this.writing;
  }

  private up(event: PointerEvent): void {
    const touch = this.touching.get(event.pointerId);
    this.touching.delete(event.pointerId);
    if (!touch)
      return;
    if (!this.writing && !touch.rests && event.type === 'pointerup')
      this.begin(touch); // a dot
    if (touch !== this.writing)
      return;
    this.finish();
    // Of those that came meanwhile one may be in the middle of the next stroke; the others rest.
    for (const other of this.touching.values())
      if (other.beside && !other.rests && !this.writing && other.reach > Math.max(rollingDistance, other.beside.reach))
        this.begin(other);
      else if (other !== this.writing)
        other.rests ||= other.beside !== null;
  }

  /** The first that moves writes; whatever else lies on the glass rests until it is lifted. */
  private begin(touch: Touching): void {
    this.writing = touch;
    for (const other of this.touching.values())
      other.rests ||= other !== touch;
    this.to.begun(touch.pen);
  }

  private finish(): void {
    this.writing = null;
    this.to.ended();
  }

  private drop(): void {
    const { pen } = this.writing!;
    this.writing!.rests = true;
    this.writing = null;
    this.to.dropped(pen);
  }

  private append({ pen, startedAt }: Touching, { clientX, clientY, timeStamp }: PointerEvent): void {
    const { left, top } = this.canvas.getBoundingClientRect();
    pen.push([...this.to.place(clientX - left, clientY - top), Math.max(0, timeStamp - startedAt)]);
  }
}

/** Browsers that know no contact report 1. */
function isPalm({ pointerType, width, height }: PointerEvent): boolean {
  return pointerType === 'touch' && Math.max(width, height) > palmWidth;
}
