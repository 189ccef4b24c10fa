// What the page fetches after it stands (later.ts): the sheet to write on, the picture of what was
// written, the voice, and the waiting for signing to open.
import { nameButtons } from './pad';
import { askForInkAnew } from './renamed';

export { restore, strokes, write } from './pad';
export { picture } from './picture';
export { offerReading } from './reading';
export { awaitOpening } from './waiting';

nameButtons();
askForInkAnew();
