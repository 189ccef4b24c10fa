// What is written on a canvas by finger, pen or mouse. Strokes are kept as they were drawn, in pixels of the paper on which the
// first was, and fitted anew from there whenever the canvas changes its size; nothing is lost by turning the phone.
import { Pointers, type Pen } from './pointers';
import type { Handwriting, Point } from './strokes';

/** The canvas as the writer sees it, in pixels; on its side where the sheet is rotated (pad.css) and the canvas is not. */
interface View { side: boolean; width: number; height: number }
interface Box { left: number; top: number; right: number; bottom: number }

const quarters = 4;
const penWidth = 3; // px, as the certificate draws it
const colour = '#12263a'; // 15:1 on white

export class Ink {
  private readonly context: CanvasRenderingContext2D;
  private readonly pointers: Pointers;
  private strokes: Pen[] = [];
  private view: View = { side: false, width: 0, height: 0 };
  /** The paper: the first canvas, and wherever ink has gone since. */
  private paper: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  /** From the paper to the view. */
  private scale = 1;
  private shift: readonly [number, number] = [0, 0];

  /** @param changed Called when a stroke begins, when it has ended, and when any is taken away. */
  constructor(
    private readonly canvas: HTMLCanvasElement, private readonly isOnItsSide: () => boolean, private readonly changed: () => void) {
    this.context = canvas.getContext('2d')!;
    this.pointers = new Pointers(canvas, {
      place: (x, y) => this.onPaper(x, y),
      begun: pen => {
        this.strokes.push(pen);
        this.draw(pen, 0);
        changed();
      },
      moved: (pen, from) => this.draw(pen, from),
      ended: changed,
      dropped: pen => {
        this.strokes = this.strokes.filter(stroke => stroke !== pen);
        this.drawAll();
      },
    });
    this.fill();
  }

  /** What has been written, upright, in quarter pixels of the paper. */
  read(): Handwriting {
    const { left, top, right, bottom } = this.paperWithInk();
    const quarter = (value: number) => Math.round(value * quarters);
    return {
      width: quarter(right - left),
      height: quarter(bottom - top),
      strokes: this.strokes.map(pen => pen.map(([x, y, time]): Point => [quarter(x - left), quarter(y - top), Math.round(time)])),
    };
  }

  /** Puts back what was read, on a canvas of any size. */
  write({ width, height, strokes }: Handwriting): void {
    this.paper = { left: 0, top: 0, right: width / quarters, bottom: height / quarters };
    this.strokes = strokes.map(stroke => stroke.map(([x, y, time]): [number, number, number] => [x / quarters, y / quarters, time]));
    this.fill();
  }

  clear(): void {
    this.strokes = [];
    this.fill();
    this.changed();
  }

  /** Takes the last stroke away. */
  undo(): void {
    this.strokes.pop();
    this.drawAll();
    this.changed();
  }

  /** Takes the size that the canvas has now. */
  fill(): void {
    const { canvas } = this;
    const [w, h] = [canvas.offsetWidth, canvas.offsetHeight];
    const ratio = Math.max(1, devicePixelRatio);
    [canvas.width, canvas.height] = [w * ratio, h * ratio];
    this.context.scale(ratio, ratio);
    const side = this.isOnItsSide();
    this.view = side ? { side, width: h, height: w } : { side, width: w, height: h };
    this.paper = this.strokes.length === 0 ? { left: 0, top: 0, right: this.view.width, bottom: this.view.height } : this.paperWithInk();
    const [width, height] = [this.paper.right - this.paper.left, this.paper.bottom - this.paper.top];
    this.scale = Math.min(this.view.width / width, this.view.height / height) || 1;
    this.shift = [
      (this.view.width - width * this.scale) / 2 - this.paper.left * this.scale,
      (this.view.height - height * this.scale) / 2 - this.paper.top * this.scale,
    ];
    this.drawAll();
  }

  end(): void {
    this.pointers.end();
  }

  /** Where on the paper a place of the canvas lies; writing stays on the canvas. */
  private onPaper(x: number, y: number): [number, number] {
    const { side, width, height } = this.view;
    const [across, down] = side ? [y, height - x] : [x, y];
    const within = (value: number, most: number) => Math.max(0, Math.min(most, value));
    return [(within(across, width) - this.shift[0]) / this.scale, (within(down, height) - this.shift[1]) / this.scale];
  }

  private onCanvas([x, y]: readonly [number, number, ...unknown[]]): [number, number] {
    const [across, down] = [x * this.scale + this.shift[0], y * this.scale + this.shift[1]];
    return this.view.side ? [this.view.height - down, across] : [across, down];
  }

  private paperWithInk(): Box {
    const box = { ...this.paper };
    for (const pen of this.strokes)
      for (const [x, y] of pen) {
        box.left = Math.min(box.left, x);
        box.top = Math.min(box.top, y);
        box.right = Math.max(box.right, x);
        box.bottom = Math.max(box.bottom, y);
      }
    return box;
  }

  private drawAll(): void {
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    for (const pen of this.strokes)
      this.draw(pen, 0);
  }

  /** Draws a stroke from one of its points on. */
  private draw(pen: Pen, from: number): void {
    const { context } = this;
    context.lineWidth = penWidth;
    context.lineCap = context.lineJoin = 'round';
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(...this.onCanvas(pen[Math.max(0, from - 1)]!));
    for (const point of pen.slice(from))
      context.lineTo(...this.onCanvas(point));
    if (pen.length === 1)
      context.lineTo(this.onCanvas(pen[0]!)[0] + .01, this.onCanvas(pen[0]!)[1]); // a line of no length has no caps
    context.stroke();
  }
}
