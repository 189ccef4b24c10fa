// The full-screen pad for a handwritten signature, a dialog. On an upright phone or tablet it is rotated by 90 degrees (pad.css rotates
// it), while the canvas is not, so that pointer positions need no rotation; ink.ts rotates the places.
import { newGhost, showGhost } from './ghost';
import { Ink } from './ink';
import { encode, fit, isEmpty, type Handwriting } from './strokes';

const rotatedQuery = matchMedia('(orientation: portrait) and (max-width: 600px), (orientation: portrait) and (pointer: coarse)');
/** So few strokes and points always fit: `fit` need not be tried after each stroke. */
const [safeStrokes, safePoints] = [200, 600];

const turnHintTime = 1000; // ms; the first stroke ends it too

/** Ink as it was drawn, and whose. */
export interface Written { name: string; ink: Handwriting }

/** How the pad was closed: the encoded strokes, or null; `byKey` by its own buttons, not by Back. */
export interface WriteResult { signature: string | null; byKey: boolean }

let openPad: { name: string; ink: Ink; dismiss: () => void } | null = null;
/** The ink of a pad that was dismissed, for the next one that is opened for the same person. */
let keptInk: Written | null = null;

/** The ink of the open pad, or of one that was dismissed, to be stored as JSON; null without ink. */
export function written(): Written | null {
  const ink = openPad?.ink.read();
  return openPad && ink && ink.strokes.length > 0 ? { name: openPad.name, ink } : keptInk;
}

/** Restores what {@link written} returned: on that person's pad, if it is open, or when it is opened next. */
export function restore(it: Written): void {
  if (openPad?.name === it.name)
    openPad.ink.write(it.ink);
  else
    keptInk = it;
}

/** Drops the ink of a dismissed pad: of one person, or of anybody. */
export function forget(name?: string): void {
  if (!name || keptInk?.name === name)
    keptInk = null;
}

/** Closes the open pad as the phone's Back does, and keeps its ink. */
export function dismiss(): void {
  openPad?.dismiss();
}

/** Opens the pad; resolves when it is closed. */
export function write(dialog: HTMLDialogElement, name: string): Promise<WriteResult> {
  // While this script was loading the reader may have moved on or submitted the form.
  if (document.getElementById('sign')?.hidden || document.querySelector('.sending'))
    return Promise.resolve({ signature: null, byKey: true });
  const canvas = dialog.querySelector('canvas')!;
  const title = dialog.querySelector('h2')!;
  const message = dialog.querySelector<HTMLElement>('.pad-told')!;
  const ghost = dialog.querySelector<HTMLElement>('.pad-name') ?? dialog.querySelector('.pad-sheet')!.appendChild(newGhost());
  const turnHint = dialog.querySelector<HTMLElement>('.pad-turn') ?? dialog.appendChild(newTurnHint(title.dataset.turn!));
  title.textContent = title.dataset.words!.replace('{0}', name);
  dialog.setAttribute('aria-label', title.textContent);
  message.textContent = dialog.dataset.told ?? ''; // ended.ts
  show(dialog);
  title.tabIndex = -1;
  title.focus(); // not a button: a second Enter in a name field would press it
  turnHint.hidden = !rotatedQuery.matches;
  const turnHintTimer = setTimeout(() => turnHint.hidden = true, turnHintTime);

  const updateMessage = () => {
    const drawn = pad.read();
    message.textContent = mayNotFit(drawn) && !fit(drawn) ? message.dataset.full! : '';
  };
  const pad = new Ink(canvas, () => rotatedQuery.matches, () => {
    turnHint.hidden = true;
    updateMessage();
  });
  if (keptInk?.name === name) {
    pad.write(keptInk.ink);
    keptInk = null;
    updateMessage();
  }
  const onResize = () => {
    turnHint.hidden ||= !rotatedQuery.matches;
    const { offsetWidth, offsetHeight } = dialog.querySelector<HTMLElement>('.pad-sheet')!;
    const tracedName = name === dialog.dataset.unnamed ? '' : name; // by-hand.ts
    showGhost(ghost, tracedName, offsetWidth, offsetHeight - dialog.querySelector<HTMLElement>('.pad-bar')!.offsetHeight);
    pad.resize();
  };
  onResize();
  addEventListener('resize', onResize);

  return new Promise(resolve => {
    const close = (signature: string | null, byKey: boolean) => {
      removeEventListener('resize', onResize);
      clearTimeout(turnHintTimer);
      dialog.onclick = dialog.oncancel = dialog.onclose = null;
      pad.dispose();
      pad.clear();
      openPad = null;
      hide(dialog);
      title.textContent = ghost.textContent = ''; // whoever signs next at this phone reads no name
      dialog.removeAttribute('aria-label');
      resolve({ signature, byKey });
    };
    const dismissOpen = () => {
      const drawn = pad.read();
      if (drawn.strokes.length > 0)
        keptInk = { name, ink: drawn };
      close(null, false);
    };
    openPad = { name, ink: pad, dismiss: dismissOpen };
    // Escape, and on Android the phone's Back, close a modal dialog, at times without a cancel event that can be prevented.
    dialog.oncancel = event => {
      event.preventDefault();
      dismissOpen();
    };
    dialog.onclose = () => dialog.open || dismissOpen(); // a close event may come after the next pad is open
    dialog.onclick = event => {
      const action = (event.target as Element).closest<HTMLElement>('[data-do]')?.dataset.do;
      if (action === 'cancel')
        return close(null, true);
      if (action === 'again')
        pad.clear();
      if (action === 'undo')
        pad.undo();
      if (action !== 'done')
        return;
      const drawn = pad.read();
      const fitted = fit(drawn);
      if (isEmpty(drawn) || !fitted)
        message.textContent = fitted ? message.dataset.empty! : message.dataset.full!;
      else
        close(encode(fitted), true);
    };
  });
}

function mayNotFit({ strokes }: Handwriting): boolean {
  return strokes.length > safeStrokes || strokes.reduce((sum, stroke) => sum + stroke.length, 0) > safePoints;
}

/** The hint to turn an upright phone; hidden from screen readers, which read the title. */
function newTurnHint(text: string): HTMLElement {
  const hint = document.createElement('p');
  hint.className = 'pad-turn';
  hint.setAttribute('aria-hidden', 'true');
  hint.textContent = text;
  return hint;
}

// Phones from before 2022 know no modal dialog; there the pad is a fixed box that covers the page.
function show(dialog: HTMLDialogElement): void {
  if (typeof dialog.showModal === 'function')
    dialog.showModal();
  else
    dialog.setAttribute('open', '');
}

function hide(dialog: HTMLDialogElement): void {
  if (typeof dialog.close === 'function')
    dialog.close();
  else
    dialog.removeAttribute('open');
}
