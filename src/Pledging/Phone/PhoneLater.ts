// What the page fetches after it stands (later.ts): the sheet to write on, the picture of what was
// written, the thanks, the voice, what is said of requests on their way, and the waiting for signing to open.
export { OnTheWayLines } from './on-the-way';
export { write } from './pad';
export { picture } from './picture';
export { offerReading } from './reading';
export { showThanks } from './thanks';
export { awaitOpening } from './waiting';
