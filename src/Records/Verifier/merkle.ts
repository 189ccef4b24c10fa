import { concatBytes, hash } from './bytes';

// The tree of RFC 6962, 2.1, as src/Records/Seals/MerkleTree.cs writes it.

export const leafOf = (content: Uint8Array) => hash(concatBytes(Uint8Array.of(0), content));

const nodeOf = (left: Uint8Array, right: Uint8Array) => hash(concatBytes(Uint8Array.of(1), left, right));

export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0)
    return hash(new Uint8Array(0));
  let level = leaves;
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2)
      next.push(i + 1 < level.length ? nodeOf(level[i]!, level[i + 1]!) : level[i]!);
    level = next;
  }
  return level[0]!;
}

/** The root to which a leaf leads by the hashes beside its way; null where there are too few or too many of them. */
export function rootBy(leaf: Uint8Array, index: number, leaves: number, path: readonly Uint8Array[]): Uint8Array | null {
  let at = leaf;
  let used = 0;
  for (let count = leaves; count > 1; count = Math.ceil(count / 2), index = Math.floor(index / 2)) {
    if ((index ^ 1) >= count)
      continue;
    const beside = path[used++];
    if (!beside)
      return null;
    at = index % 2 === 0 ? nodeOf(at, beside) : nodeOf(beside, at);
  }
  return used === path.length ? at : null;
}
