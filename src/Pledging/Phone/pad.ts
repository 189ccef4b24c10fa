// The full-screen sheet for a handwritten signature. On an upright phone or tablet the sheet is rotated by 90 degrees (pad.css
// rotates it), while the canvas is not, so that pointer positions need no rotation; ink.ts rotates the places.
import { newGhost, showGhost } from './ghost';
import { Ink } from './ink';
import { encode, fit, isEmpty, type Handwriting } from './strokes';

const lyingOnItsSide = matchMedia('(orientation: portrait) and (max-width: 600px), (orientation: portrait) and (pointer: coarse)');
/** Fewer strokes and points than these fit for certain, so nothing is tried while somebody writes. */
const [fewStrokes, fewPoints] = [200, 600];

const turnShown = 1000; // ms; the first stroke ends it too

/** Ink as it was drawn, and whose. */
export interface Written { name: string; ink: Handwriting }

/** How a sheet was left: with the strokes as they travel, or none, and whether by its own keys; Back is none, and signs nothing. */
export interface Left { signature: string | null; byKey: boolean }

let open: { name: string; ink: Ink; turnBack: () => void } | null = null;
/** What stood on a sheet that was turned back from, for the next that is opened for the same person. */
let kept: Written | null = null;

/** What stands on the open sheet, or on one that was turned back from, to be kept as JSON; null where nothing does. */
export function written(): Written | null {
  const ink = open?.ink.read();
  return open && ink && ink.strokes.length > 0 ? { name: open.name, ink } : kept;
}

/** Puts back what {@link written} told: on that person's sheet, where it is open, or when it is opened next. */
export function restore(it: Written): void {
  if (open?.name === it.name)
    open.ink.write(it.ink);
  else
    kept = it;
}

/** What was turned back from is not wanted any more: of one person, or of anybody. */
export function forget(name?: string): void {
  if (!name || kept?.name === name)
    kept = null;
}

/** Closes the open sheet as the phone's Back does: what stands on it is kept, finished or not. */
export function turnBack(): void {
  open?.turnBack();
}

/** Opens the sheet, until its writer leaves it. */
export function write(sheet: HTMLDialogElement, name: string): Promise<Left> {
  // It is fetched while the page is used: whoever has moved on or handed in does not want it any more.
  if (document.getElementById('sign')?.hidden || document.querySelector('.sending'))
    return Promise.resolve({ signature: null, byKey: true });
  const canvas = sheet.querySelector('canvas')!;
  const title = sheet.querySelector('h2')!;
  const told = sheet.querySelector<HTMLElement>('.pad-told')!;
  const ghost = sheet.querySelector<HTMLElement>('.pad-name') ?? sheet.querySelector('.pad-sheet')!.appendChild(newGhost());
  const turn = sheet.querySelector<HTMLElement>('.pad-turn') ?? sheet.appendChild(newTurn(title.dataset.turn!));
  title.textContent = title.dataset.words!.replace('{0}', name);
  sheet.setAttribute('aria-label', title.textContent);
  told.textContent = sheet.dataset.told ?? ''; // ended.ts
  show(sheet);
  title.tabIndex = -1;
  title.focus(); // and no key of the sheet: who presses Enter twice in a name would press it
  turn.hidden = !lyingOnItsSide.matches;
  const turned = setTimeout(() => turn.hidden = true, turnShown);

  const tell = () => {
    const drawn = pad.read();
    told.textContent = mayNotFit(drawn) && !fit(drawn) ? told.dataset.full! : '';
  };
  const pad = new Ink(canvas, () => lyingOnItsSide.matches, () => {
    turn.hidden = true;
    tell();
  });
  if (kept?.name === name) {
    pad.write(kept.ink);
    kept = null;
    tell();
  }
  const resized = () => {
    const { offsetWidth, offsetHeight } = sheet.querySelector<HTMLElement>('.pad-sheet')!;
    const traced = name === sheet.dataset.unnamed ? '' : name; // by-hand.ts
    showGhost(ghost, traced, offsetWidth, offsetHeight - sheet.querySelector<HTMLElement>('.pad-bar')!.offsetHeight);
    pad.fill();
  };
  resized();
  addEventListener('resize', resized);

  return new Promise(resolve => {
    const close = (signature: string | null, byKey: boolean) => {
      removeEventListener('resize', resized);
      clearTimeout(turned);
      sheet.onclick = sheet.oncancel = sheet.onclose = null;
      pad.end();
      pad.clear();
      open = null;
      hide(sheet);
      title.textContent = ghost.textContent = ''; // whoever signs next at this phone reads no name
      sheet.removeAttribute('aria-label');
      resolve({ signature, byKey });
    };
    const turnBack = () => {
      const drawn = pad.read();
      if (drawn.strokes.length > 0)
        kept = { name, ink: drawn };
      close(null, false);
    };
    open = { name, ink: pad, turnBack };
    // Escape, and on Android the phone's Back, ask a modal dialog to close, at times without letting it refuse.
    sheet.oncancel = event => {
      event.preventDefault();
      turnBack();
    };
    sheet.onclose = () => sheet.open || turnBack(); // the last sheet's closing is told after the next one is open
    sheet.onclick = event => {
      const act = (event.target as Element).closest<HTMLElement>('[data-do]')?.dataset.do;
      if (act === 'cancel')
        return close(null, true);
      if (act === 'again')
        pad.clear();
      if (act === 'undo')
        pad.undo();
      if (act !== 'done')
        return;
      const drawn = pad.read();
      const fitted = fit(drawn);
      if (isEmpty(drawn) || !fitted)
        told.textContent = fitted ? told.dataset.empty! : told.dataset.full!;
      else
        close(encode(fitted), true);
    };
  });
}

function mayNotFit({ strokes }: Handwriting): boolean {
  return strokes.length > fewStrokes || strokes.reduce((sum, stroke) => sum + stroke.length, 0) > fewPoints;
}

/** On an upright phone: that it is to be turned. For those who see; the sheet's title says what is to be done. */
function newTurn(words: string): HTMLElement {
  const turn = document.createElement('p');
  turn.className = 'pad-turn';
  turn.setAttribute('aria-hidden', 'true');
  turn.textContent = words;
  return turn;
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
