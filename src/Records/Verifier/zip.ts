import { textOf } from './bytes';
import { inflate } from './inflate';

/** Why a file cannot be read as a package. */
export class Unreadable extends Error {
  constructor(readonly finding: 'NotZip' | 'Cut' | 'TooLarge') {
    super(finding);
  }
}

/** A file that is read in parts, so that a package of any size need not be in memory. */
export interface Source {
  size: number;
  read(from: number, to: number): Promise<Uint8Array>;
}

interface Entry {
  method: number;
  packed: number;
  length: number;
  at: number;
}

export interface Zip {
  /** In the order in which they stand in the file. */
  paths: string[];
  /** The content of a file; null where it is damaged. */
  read(path: string): Promise<Uint8Array | null>;
}

const endLength = 22;
const maxCommentLength = 0xffff;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export async function openZip(source: Source): Promise<Zip> {
  const start = await source.read(0, Math.min(4, source.size));
  if (start.length < 4 || ![0x04034b50, 0x06054b50].includes(viewOf(start).getUint32(0, true)))
    throw new Unreadable('NotZip');
  const tailAt = Math.max(0, source.size - endLength - maxCommentLength);
  const tail = viewOf(await source.read(tailAt, source.size));
  let end = tail.byteLength - endLength;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50)
    end--;
  if (end < 0)
    throw new Unreadable('Cut');
  const [count, size, at] = [tail.getUint16(end + 10, true), tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
  if (at === 0xffffffff || count === 0xffff)
    throw new Unreadable('TooLarge');
  const entries = directoryOf(await source.read(at, at + size), count);
  return {
    paths: [...entries.keys()],
    read: async path => {
      try {
        return await contentOf(source, entries.get(path)!);
      } catch {
        return null;
      }
    },
  };
}

function directoryOf(bytes: Uint8Array, count: number): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const view = viewOf(bytes);
  for (let i = 0, at = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50)
      throw new Unreadable('Cut');
    const name = view.getUint16(at + 28, true);
    entries.set(textOf(bytes.subarray(at + 46, at + 46 + name)), {
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      length: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + name + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

async function contentOf(source: Source, entry: Entry): Promise<Uint8Array> {
  const header = viewOf(await source.read(entry.at, entry.at + 30));
  const from = entry.at + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = await source.read(from, from + entry.packed);
  if (packed.length !== entry.packed)
    throw new Unreadable('Cut');
  return entry.method === 0 ? packed : inflate(packed, entry.length);
}
