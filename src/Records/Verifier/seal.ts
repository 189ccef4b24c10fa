import { hash, utf8ToBytes } from './bytes';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** See src/Records/Seals/SealCode.cs: the first 100 bits in base32, in groups of four. */
export function codeOf(digest: Uint8Array): string {
  let code = '';
  let bits = 0;
  let value = 0;
  for (let at = 0; code.length < 20; ) {
    if (bits < 5) {
      value = ((value << 8) | digest[at++]!) & 0xffff;
      bits += 8;
    }
    bits -= 5;
    code += alphabet[(value >> bits) & 31];
  }
  return code.match(/.{4}/g)!.join('-');
}

export interface Seal {
  version: number;
  sealedAt: string;
  leaves: number;
  root: string;
  code: string;
}

/** What a seal states; see src/Records/Seals/SealCode.cs. */
export const contentOfSeal = (event: string, seal: Seal) => utf8ToBytes(
  `safety-campaign seal 1\n${event}\n${seal.version}\n${seal.sealedAt}\n${seal.leaves}\n${seal.root}\n`);

/** The code that a seal must have. */
export const codeOfSeal = (event: string, seal: Seal) => codeOf(hash(contentOfSeal(event, seal)));

/** As people copy it: without dashes and spaces, O for 0, I and L for 1. */
export const normalizeCode = (code: string) =>
  code.toUpperCase().replace(/[\s\-\u2013\u2014]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
