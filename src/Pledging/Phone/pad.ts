// The full-screen sheet for a handwritten signature. On an upright phone the sheet lies on its side (PhonePage.css
// turns it), while the canvas stays as it is, so that the pen needs no turning; what is drawn is turned on the way out.
import SignaturePad from 'signature_pad';
// Only types from strokes.ts: code shared with the page would become a file of its own, and a trip more before the page works.
import type { Handwriting, Point } from './strokes';

const quarters = 4;
const lyingOnItsSide = matchMedia('(orientation: portrait) and (max-width: 600px)');

/** Opens the sheet; answers what was written, or null where the writer turned back. What `isEmpty` is not taken. */
export function write(
  sheet: HTMLDialogElement, name: string, isEmpty: (written: Handwriting) => boolean,
): Promise<Handwriting | null> {
  const canvas = sheet.querySelector('canvas')!;
  const title = sheet.querySelector('h2')!;
  const inviting = title.dataset.words!.replace('{0}', name);
  const ghost = sheet.querySelector<HTMLElement>('.pad-name')!;
  title.textContent = inviting;
  ghost.textContent = name;
  ghost.style.setProperty('--letters', `${Math.max(2, widthOf(name))}`);
  show(sheet);

  const pad = new SignaturePad(canvas, { minWidth: 1.4, maxWidth: 3.4, minDistance: 1, throttle: 0, penColor: '#12263a' });
  size(canvas);
  const resized = () => {
    const written = read(pad, canvas);
    size(canvas);
    pad.clear();
    draw(pad, canvas, written);
  };
  const started = () => title.textContent = inviting;
  addEventListener('resize', resized);
  pad.addEventListener('beginStroke', started);

  return new Promise(resolve => {
    const close = (written: Handwriting | null) => {
      removeEventListener('resize', resized);
      sheet.onclick = sheet.oncancel = null;
      pad.off();
      hide(sheet);
      title.textContent = ghost.textContent = ''; // whoever signs next at this phone reads no name
      resolve(written);
    };
    sheet.oncancel = event => {
      event.preventDefault();
      close(null);
    };
    sheet.onclick = event => {
      const act = (event.target as Element).closest<HTMLElement>('[data-do]')?.dataset.do;
      const written = read(pad, canvas);
      if (act === 'cancel')
        close(null);
      else if (act === 'again')
        pad.clear();
      else if (act === 'done' && isEmpty(written))
        title.textContent = title.dataset.empty!;
      else if (act === 'done')
        close(written);
    };
  });
}

/** What has been drawn, upright, in quarter pixels. */
function read(pad: SignaturePad, canvas: HTMLCanvasElement): Handwriting {
  const { side, width, height } = frame(canvas);
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
function draw(pad: SignaturePad, canvas: HTMLCanvasElement, written: Handwriting): void {
  const { side, width, height } = frame(canvas);
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

/** The canvas as the writer sees it. */
function frame(canvas: HTMLCanvasElement): { side: boolean; width: number; height: number } {
  const [w, h] = [canvas.offsetWidth, canvas.offsetHeight];
  return lyingOnItsSide.matches ? { side: true, width: h, height: w } : { side: false, width: w, height: h };
}

/** As many pixels as the screen has. */
function size(canvas: HTMLCanvasElement): void {
  const ratio = Math.max(1, devicePixelRatio);
  canvas.width = canvas.offsetWidth * ratio;
  canvas.height = canvas.offsetHeight * ratio;
  canvas.getContext('2d')!.scale(ratio, ratio);
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
