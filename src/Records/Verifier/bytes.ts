import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

export { bytesToHex, concatBytes, hexToBytes, utf8ToBytes };

export const hash = (bytes: Uint8Array) => sha256(bytes);

/** SHA-256 as it is written in a package: lower-case hexadecimal. */
export const hexHash = (bytes: Uint8Array) => bytesToHex(sha256(bytes));

export const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Each line, without its end; one by one, since the whole may exceed the maximum length of a string. */
export function* linesOf(bytes: Uint8Array): Generator<string> {
  for (let start = 0; start < bytes.length; ) {
    let end = bytes.indexOf(10, start);
    if (end < 0)
      end = bytes.length;
    yield textOf(bytes.subarray(start, end));
    start = end + 1;
  }
}
