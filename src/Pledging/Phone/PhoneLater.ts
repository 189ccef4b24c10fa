// What the page fetches after it stands (later.ts): the sheet to write on, the picture of what was
// written, the voice, the waiting for signing to open, and the certificate's coming.
export { followCertificate } from '../certificate';
export { write } from './pad';
export { picture } from './picture';
export { offerReading } from './reading';
export { awaitOpening } from './waiting';
