// The full-screen sheet for a handwritten signature. On a phone in portrait the sheet is rotated by 90 degrees (pad.css rotates
// it), while the canvas is not, so that pointer positions need no rotation; the strokes are rotated when they are read.
import SignaturePad from 'signature_pad';
import { encode, fit, isEmpty, type Handwriting, type Point } from './strokes';

/** The writing surface as the writer sees it, in pixels. */
interface View { side: boolean; width: number; height: number }

const quarters = 4;
const lyingOnItsSide = matchMedia('(orientation: portrait) and (max-width: 600px)');

/** Opens the sheet; answers what was written as it travels, or null where the writer turned back. */
export function write(sheet: HTMLDialogElement, name: string): Promise<string | null> {
  const canvas = sheet.querySelector('canvas')!;
  const title = sheet.querySelector('h2')!;
  const told = sheet.querySelector<HTMLElement>('.pad-told')!;
  const ghost = sheet.querySelector<HTMLElement>('.pad-name')!;
  title.textContent = title.dataset.words!.replace('{0}', name);
  told.textContent = '';
  ghost.textContent = name;
  ghost.style.setProperty('--letters', `${Math.max(2, widthOf(name))}`);
  show(sheet);

  const pad = new SignaturePad(canvas, { minWidth: 1.4, maxWidth: 3.4, minDistance: 1, throttle: 0, penColor: '#12263a' });
  let view = fill(canvas);
  const resized = () => {
    const written = read(pad, view);
    view = fill(canvas);
    pad.clear();
    draw(pad, view, written);
  };
  const started = () => told.textContent = '';
  addEventListener('resize', resized);
  pad.addEventListener('beginStroke', started);

  return new Promise(resolve => {
    const close = (signature: string | null) => {
      removeEventListener('resize', resized);
      sheet.onclick = sheet.oncancel = null;
      pad.off();
      hide(sheet);
      title.textContent = ghost.textContent = ''; // whoever signs next at this phone reads no name
      resolve(signature);
    };
    sheet.oncancel = event => {
      event.preventDefault();
      close(null);
    };
    sheet.onclick = event => {
      const act = (event.target as Element).closest<HTMLElement>('[data-do]')?.dataset.do;
      const written = read(pad, view);
      if (act === 'cancel')
        close(null);
      else if (act === 'again')
        pad.clear();
      else if (act === 'done' && isEmpty(written))
        told.textContent = told.dataset.empty!;
      else if (act === 'done')
        close(encode(fit(written)));
    };
  });
}

/** What has been drawn, upright, in quarter pixels. */
function read(pad: SignaturePad, { side, width, height }: View): Handwriting {
  const within = (value: number, most: number) => Math.round(Math.max(0, Math.min(most, value)) * quarters);
  return {
    width: Math.round(width * quarters),
    height: Math.round(height * quarters),
    strokes: pad.toData().map(({ points }) => points.map((p): Point => {
      const [x, y] = side ? [p.y, height - p.x] : [p.x, p.y];
      return [within(x, width), within(y, height), Math.max(0, p.time - points[0]!.time)];
    })),
  };
}

/** Draws it again after the phone was turned: as large as it fits. */
function draw(pad: SignaturePad, { side, width, height }: View, written: Handwriting): void {
  const scale = Math.min(width / written.width, height / written.height);
  pad.fromData(written.strokes.map(stroke => ({
    minWidth: pad.minWidth, maxWidth: pad.maxWidth, dotSize: pad.dotSize, penColor: pad.penColor,
    velocityFilterWeight: pad.velocityFilterWeight, compositeOperation: pad.compositeOperation,
    points: stroke.map(([x, y, time]) => ({
      x: side ? height - y * scale : x * scale,
      y: side ? x * scale : y * scale,
      pressure: 0.5, time,
    })),
  })));
}

/** Gives the canvas as many pixels as the screen has; answers how the writer sees it. */
function fill(canvas: HTMLCanvasElement): View {
  const [w, h] = [canvas.offsetWidth, canvas.offsetHeight];
  const ratio = Math.max(1, devicePixelRatio);
  canvas.width = w * ratio;
  canvas.height = h * ratio;
  canvas.getContext('2d')!.scale(ratio, ratio);
  return lyingOnItsSide.matches ? { side: true, width: h, height: w } : { side: false, width: w, height: h };
}

/** In widths of a Chinese character. */
function widthOf(name: string): number {
  return [...name].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? 1 : 0.6), 0);
}

// Phones from before 2022 know no modal dialog; there the sheet is a fixed box that covers all.
function show(sheet: HTMLDialogElement): void {
  if (typeof sheet.showModal === 'function')
    sheet.showModal();
  else
    sheet.setAttribute('open', '');
}

function hide(sheet: HTMLDialogElement): void {
  if (typeof sheet.close === 'function')
    sheet.close();
  else
    sheet.removeAttribute('open');
}
