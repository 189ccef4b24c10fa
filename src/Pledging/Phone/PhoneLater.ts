// What the page fetches after it stands (later.ts): the sheet to write on, the picture of what was
// written, and the voice.
export { write } from './pad';
export { picture } from './picture';
export { offerReading } from './reading';
