// RFC 1951. Browsers that have DecompressionStream are no more than half of those in schools, and one way is enough to test.

const lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577];
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A symbol for each possible beginning of up to 15 bits: its number, and how many bits it takes, in the low four bits. */
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

/** What was deflated; throws where it is damaged or has not that length. */
export function inflate(from: Uint8Array, length: number): Uint8Array {
  const to = new Uint8Array(length);
  let [at, written, held, heldBits] = [0, 0, 0, 0];

  const fail = (): never => {
    throw new Error('damaged');
  };
  const need = (bits: number) => {
    while (heldBits < bits) {
      if (at >= from.length + 4)
        fail();
      held |= (from[at++] ?? 0) << heldBits;
      heldBits += 8;
    }
  };
  const take = (bits: number) => {
    if (bits === 0)
      return 0;
    need(bits);
    const value = held & ((1 << bits) - 1);
    held >>>= bits;
    heldBits -= bits;
    return value;
  };
  const symbol = (codes: Codes) => {
    need(codes.bits);
    const found = codes.table[held & ((1 << codes.bits) - 1)]!;
    if ((found & 15) === 0)
      fail();
    held >>>= found & 15;
    heldBits -= found & 15;
    return found >> 4;
  };
  const stored = () => {
    at -= heldBits >> 3;
    held = heldBits = 0;
    const size = from[at]! | (from[at + 1]! << 8);
    at += 4;
    if (at + size > from.length || written + size > length)
      fail();
    to.set(from.subarray(at, at + size), written);
    at += size;
    written += size;
  };
  const dynamic = () => {
    const [literals, distances, described] = [take(5) + 257, take(5) + 1, take(4) + 4];
    const lengths = new Uint8Array(19);
    for (let i = 0; i < described; i++)
      lengths[order[i]!] = take(3);
    const codes = codesOf(lengths);
    const all = new Uint8Array(literals + distances);
    for (let i = 0; i < all.length; ) {
      const found = symbol(codes);
      if (found < 16) {
        all[i++] = found;
        continue;
      }
      const [value, times] = found === 16 ? [all[i - 1] ?? fail(), 3 + take(2)] : [0, found === 17 ? 3 + take(3) : 11 + take(7)];
      if (i + times > all.length)
        fail();
      all.fill(value, i, (i += times));
    }
    return { literals: codesOf(all.subarray(0, literals)), distances: codesOf(all.subarray(literals)) };
  };

  for (let last = 0; last === 0; ) {
    last = take(1);
    const kind = take(2);
    if (kind === 0) {
      stored();
      continue;
    }
    const codes = kind === 1 ? fixed : kind === 2 ? dynamic() : fail();
    for (;;) {
      const found = symbol(codes.literals);
      if (found === 256)
        break;
      if (found < 256) {
        if (written >= length)
          fail();
        to[written++] = found;
        continue;
      }
      const size = (lengthBase[found - 257] ?? fail()) + take(lengthBits[found - 257]!);
      const far = symbol(codes.distances);
      const distance = (distanceBase[far] ?? fail()) + take(far < 4 ? 0 : (far >> 1) - 1);
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
