// What the page fetches after it is shown (later.ts): the pad to sign on, the image of a signature, reading aloud, the wait for signing to
// open, whether it has ended, the sending of requests, the thanks, the button that copies the receipt's address, and what is stored in this
// tab and on this phone.
import '../../Layout/copy-button';
export { fetchTexts, applyProblem } from './answers';
export { write } from './back';
export { begin, carry, resume, tell } from './begin';
export { isOver } from './ended';
export { restore, written } from './pad'; // for the journeys, which read and set the ink on the pad
export { picture } from './picture';
export { offerReading } from './reading';
export { showThanks } from './thanks';
export { awaitOpening } from './waiting';
