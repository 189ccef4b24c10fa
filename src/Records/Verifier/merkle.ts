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

/** The root computed from a leaf and its audit path; null where the path is too short or too long. */
export function rootFromPath(leaf: Uint8Array, index: number, leaves: number, path: readonly Uint8Array[]): Uint8Array | null {
  let current = leaf;
  let used = 0;
  for (let count = leaves; count > 1; count = Math.ceil(count / 2), index = Math.floor(index / 2)) {
    if ((index ^ 1) >= count)
      continue;
    const sibling = path[used++];
    if (!sibling)
      return null;
    current = index % 2 === 0 ? nodeOf(current, sibling) : nodeOf(sibling, current);
  }
  return used === path.length ? current : null;
}
