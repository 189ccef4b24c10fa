// What the page fetches after it stands (later.ts): the sheet to write on, the picture of what was written, the voice, the
// waiting for signing to open, whether it has ended, the sending of what was handed in, the thanks, and what stays in this tab and on
// this phone.
export { fetchTexts, linesOf } from './answers';
export { write } from './back';
export { begin, carry, resume, tell } from './begin';
export { isOver } from './ended';
export { restore, written } from './pad'; // for the journeys, which read and write what stands on the sheet
export { picture } from './picture';
export { offerReading } from './reading';
export { showThanks } from './thanks';
export { awaitOpening } from './waiting';
