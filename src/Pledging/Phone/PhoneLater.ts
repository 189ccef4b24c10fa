// What the page fetches after it stands (later.ts): the sheet to write on and the picture of what was written.
export { write } from './pad';
export { picture } from './picture';
