// What is written on a canvas by finger, pen or mouse. Strokes are kept as they were drawn, in pixels of the paper on which the first was,
// and fitted anew from there whenever the canvas changes its size; turning the phone loses nothing.
import { Pointers, type LiveStroke } from './pointers';
import type { Handwriting, Point } from './strokes';

/** The canvas as the writer sees it, in pixels; `rotated` where the pad is (pad.css) and the canvas is not. */
interface View { rotated: boolean; width: number; height: number }
interface Bounds { left: number; top: number; right: number; bottom: number }

const quarterPixels = 4;
const penWidth = 3; // px, as the certificate draws it
const colour = '#12263a'; // 15:1 on white

export class Ink {
  private readonly context: CanvasRenderingContext2D;
  private readonly pointers: Pointers;
  private strokes: LiveStroke[] = [];
  private view: View = { rotated: false, width: 0, height: 0 };
  /** The paper: the first canvas, and the ink outside of it. */
  private paper: Bounds = { left: 0, top: 0, right: 0, bottom: 0 };
  /** From the paper to the view. */
  private scale = 1;
  private offset: readonly [number, number] = [0, 0];

  /** @param onChange Called when a stroke begins, when it has ended, and when any is taken away. */
  constructor(
    private readonly canvas: HTMLCanvasElement, private readonly isRotated: () => boolean, private readonly onChange: () => void) {
    this.context = canvas.getContext('2d')!;
    this.pointers = new Pointers(canvas, {
      place: (x, y) => this.onPaper(x, y),
      begun: pen => {
        this.strokes.push(pen);
        this.draw(pen, 0);
        onChange();
      },
      moved: (pen, from) => this.strokes.includes(pen) && this.draw(pen, from), // it may have been undone meanwhile
      ended: onChange,
      dropped: pen => {
        this.strokes = this.strokes.filter(stroke => stroke !== pen);
        this.drawAll();
      },
    });
    this.resize();
  }

  /** What has been written, upright, in quarter pixels of the paper. */
  read(): Handwriting {
    const { left, top, right, bottom } = this.boundsWithInk();
    const toQuarters = (value: number) => Math.round(value * quarterPixels);
    return {
      width: toQuarters(right - left),
      height: toQuarters(bottom - top),
      strokes: this.strokes.map(pen => pen.map(([x, y, time]): Point => [toQuarters(x - left), toQuarters(y - top), Math.round(time)])),
    };
  }

  /** Puts back what was read, on a canvas of any size. */
  write({ width, height, strokes }: Handwriting): void {
    this.paper = { left: 0, top: 0, right: width / quarterPixels, bottom: height / quarterPixels };
    this.strokes = strokes.map(stroke => stroke.map(([x, y, time]): [number, number, number] =>
      [x / quarterPixels, y / quarterPixels, time]));
    this.resize();
  }

  clear(): void {
    this.strokes = [];
    this.resize();
    this.onChange();
  }

  /** Takes the last stroke away. */
  undo(): void {
    this.strokes.pop();
    this.drawAll();
    this.onChange();
  }

  /** Takes the size that the canvas has now. */
  resize(): void {
    const { canvas } = this;
    const [w, h] = [canvas.offsetWidth, canvas.offsetHeight];
    const ratio = Math.max(1, devicePixelRatio);
    [canvas.width, canvas.height] = [w * ratio, h * ratio];
    this.context.scale(ratio, ratio);
    const isRotated = this.isRotated();
    this.view = isRotated ? { rotated: isRotated, width: h, height: w } : { rotated: isRotated, width: w, height: h };
    this.paper = this.strokes.length === 0 ? { left: 0, top: 0, right: this.view.width, bottom: this.view.height } : this.boundsWithInk();
    const [width, height] = [this.paper.right - this.paper.left, this.paper.bottom - this.paper.top];
    this.scale = Math.min(this.view.width / width, this.view.height / height) || 1;
    this.offset = [
      (this.view.width - width * this.scale) / 2 - this.paper.left * this.scale,
      (this.view.height - height * this.scale) / 2 - this.paper.top * this.scale,
    ];
    this.drawAll();
  }

  dispose(): void {
    this.pointers.dispose();
  }

  /** Where on the paper a place of the canvas lies; writing stays on the canvas. */
  private onPaper(x: number, y: number): [number, number] {
    const { rotated: side, width, height } = this.view;
    const [across, down] = side ? [y, height - x] : [x, y];
    const within = (value: number, max: number) => Math.max(0, Math.min(max, value));
    return [(within(across, width) - this.offset[0]) / this.scale, (within(down, height) - this.offset[1]) / this.scale];
  }

  private onCanvas([x, y]: readonly [number, number, ...unknown[]]): [number, number] {
    const [across, down] = [x * this.scale + this.offset[0], y * this.scale + this.offset[1]];
    return this.view.rotated ? [this.view.height - down, across] : [across, down];
  }

  private boundsWithInk(): Bounds {
    const box = { ...this.paper };
    for (const stroke of this.strokes)
      for (const [x, y] of stroke) {
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
  private draw(pen: LiveStroke, from: number): void {
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
