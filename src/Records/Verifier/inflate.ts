// RFC 1951. About half of the browsers in schools have no DecompressionStream, and one implementation is enough to test.

const lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577];
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A lookup table by the next up to 15 bits: the symbol, and in the low four bits its length in bits. */
interface Codes {
  table: Uint16Array;
  bits: number;
}

function codesOf(lengths: ArrayLike<number>): Codes {
  const counts = new Uint16Array(16);
  let bits = 1;
  for (let i = 0; i < lengths.length; i++) {
    counts[lengths[i]!]!++;
    bits = Math.max(bits, lengths[i]!);
  }
  counts[0] = 0;
  const next = new Uint16Array(16);
  for (let length = 1, code = 0; length < 16; length++)
    next[length] = code = (code + counts[length - 1]!) << 1;
  const table = new Uint16Array(1 << bits);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0)
      continue;
    let reversed = 0;
    for (let i = 0, code = next[length]!++; i < length; i++, code >>= 1)
      reversed = (reversed << 1) | (code & 1);
    for (let at = reversed; at < table.length; at += 1 << length)
      table[at] = (symbol << 4) | length;
  }
  return { table, bits };
}

const fixedLengths = new Uint8Array(288).map((_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
const fixed = { literals: codesOf(fixedLengths), distances: codesOf(new Uint8Array(30).fill(5)) };

/** Decompresses; throws where the data is damaged or has another length. */
export function inflate(from: Uint8Array, length: number): Uint8Array {
  const to = new Uint8Array(length);
  let [at, written, bitBuffer, bitCount] = [0, 0, 0, 0];

  const fail = (): never => {
    throw new Error('damaged');
  };
  const fillBuffer = (bits: number) => {
    while (bitCount < bits) {
      if (at >= from.length + 4)
        fail();
      bitBuffer |= (from[at++] ?? 0) << bitCount;
      bitCount += 8;
    }
  };
  const readBits = (bits: number) => {
    if (bits === 0)
      return 0;
    fillBuffer(bits);
    const value = bitBuffer & ((1 << bits) - 1);
    bitBuffer >>>= bits;
    bitCount -= bits;
    return value;
  };
  const readSymbol = (codes: Codes) => {
    fillBuffer(codes.bits);
    const found = codes.table[bitBuffer & ((1 << codes.bits) - 1)]!;
    if ((found & 15) === 0)
      fail();
    bitBuffer >>>= found & 15;
    bitCount -= found & 15;
    return found >> 4;
  };
  const copyStored = () => {
    at -= bitCount >> 3;
    bitBuffer = bitCount = 0;
    const size = from[at]! | (from[at + 1]! << 8);
    at += 4;
    if (at + size > from.length || written + size > length)
      fail();
    to.set(from.subarray(at, at + size), written);
    at += size;
    written += size;
  };
  const readDynamicCodes = () => {
    const [literals, distances, described] = [readBits(5) + 257, readBits(5) + 1, readBits(4) + 4];
    const lengths = new Uint8Array(19);
    for (let i = 0; i < described; i++)
      lengths[codeLengthOrder[i]!] = readBits(3);
    const codes = codesOf(lengths);
    const all = new Uint8Array(literals + distances);
    for (let i = 0; i < all.length; ) {
      const found = readSymbol(codes);
      if (found < 16) {
        all[i++] = found;
        continue;
      }
      const [value, times] = found === 16 ? [all[i - 1] ?? fail(), 3 + readBits(2)]
        : [0, found === 17 ? 3 + readBits(3) : 11 + readBits(7)];
      if (i + times > all.length)
        fail();
      all.fill(value, i, (i += times));
    }
    return { literals: codesOf(all.subarray(0, literals)), distances: codesOf(all.subarray(literals)) };
  };

  for (let last = 0; last === 0; ) {
    last = readBits(1);
    const kind = readBits(2);
    if (kind === 0) {
      copyStored();
      continue;
    }
    const codes = kind === 1 ? fixed : kind === 2 ? readDynamicCodes() : fail();
    for (;;) {
      const found = readSymbol(codes.literals);
      if (found === 256)
        break;
      if (found < 256) {
        if (written >= length)
          fail();
        to[written++] = found;
        continue;
      }
      const size = (lengthBase[found - 257] ?? fail()) + readBits(lengthBits[found - 257]!);
      const distanceCode = readSymbol(codes.distances);
      const distance = (distanceBase[distanceCode] ?? fail()) + readBits(distanceCode < 4 ? 0 : (distanceCode >> 1) - 1);
      if (distance > written || written + size > length)
        fail();
      for (let i = 0; i < size; i++, written++)
        to[written] = to[written - distance]!;
    }
  }
  if (written !== length)
    fail();
  return to;
}
