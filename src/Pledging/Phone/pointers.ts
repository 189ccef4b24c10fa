// Which of the things that touch the canvas is the pen. A palm that rests there is none, and a second finger ends no stroke.

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
  /** Where it began on the canvas, in pixels. */
  x: number;
  y: number;
  /** Somebody has written since it came: it rests. */
  rests: boolean;
}

/** Contact of a thumb is up to 60 px wide, of a palm 100 and more. */
const palmWidth = 90;
/** What moves no further than this, in pixels, may be resting. */
const restingDistance = 4;
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
      pen: [], type: event.pointerType, startedAt: event.timeStamp, x: event.clientX, y: event.clientY, rests: this.writing !== null,
    };
    this.touching.set(event.pointerId, touch);
    this.append(touch, event);
    if (!touch.rests && event.pointerType !== 'touch')
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
    if (touch === this.writing)
      this.to.moved(touch.pen, from);
    else if (Math.hypot(event.clientX - touch.x, event.clientY - touch.y) > restingDistance)
      this.begin(touch);
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
    this.writing = null;
    this.to.ended();
  }

  /** The first that moves writes; whatever else lies on the glass rests until it is lifted. */
  private begin(touch: Touching): void {
    this.writing = touch;
    for (const other of this.touching.values())
      other.rests ||= other !== touch;
    this.to.begun(touch.pen);
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
