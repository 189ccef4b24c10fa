import { bytesToHex, concatBytes, hash, hexHash, hexToBytes, linesOf, textOf, utf8ToBytes } from './bytes';
import { leafOf, rootFromPath, rootOf } from './merkle';
import { namesOf, type LeafSigner, type Message } from './names';
import { codeOf, codeOfSeal, contentOfSeal, normalizeCode, type Seal } from './seal';
import { hashOfText, type Text } from './texts';
import type { Zip } from './zip';

/** What is wrong: a key of the words, and the values of its placeholders. */
export interface Finding {
  key: string;
  values: Message[];
}

export interface Facts {
  title: string;
  code: string;
  seal: Seal;
  /** Of the whole package; null for a receipt. */
  packageCode: string | null;
  pledges: number;
  /** How many of them have had their names erased. */
  erased: number;
  files: number;
  /** What a timestamp in the package states; null where there is none. */
  stampedAt: string | null;
}

export interface Verdict {
  findings: Finding[];
  facts: Facts | null;
}

interface Manifest {
  format: number;
  event: { code: string; title: string };
  seal: Seal;
  files: { path: string; bytes: number; sha256: string }[];
}

export interface Receipt {
  format: number;
  kind: 'receipt';
  event: { code: string; title: string };
  seal: Seal;
  index: number;
  salt: string;
  content: string;
  path: string[];
}

const finding = (key: string, ...values: (Message | number)[]): Finding =>
  ({ key, values: values.map(value => typeof value === 'number' ? String(value) : value) });

const manifestPath = 'manifest.json';
const sealPath = 'seal.txt';
const leavesPath = 'data/leaves.txt';
const hashesPath = 'data/hashes.txt';
const textsPath = 'data/texts.json';
const timestampPath = 'data/seal.tst';
const unlistedPaths = [manifestPath, sealPath];

/** At most so many findings about pledges are listed; the others are counted. */
const maxNamed = 50;

export const isReceipt = (value: unknown): value is Receipt =>
  typeof value === 'object' && value !== null && (value as Receipt).kind === 'receipt';

/** What a computer adds by itself to a folder that it packs: nothing of the package. */
const isOfTheComputer = (path: string) => path.endsWith('/') || path.startsWith('__MACOSX/') || /(^|\/)\.DS_Store$/.test(path);

/** The package as it was made, where it was unpacked and packed again with its folder: as if that were not there. */
function withoutFolder(zip: Zip): Zip {
  const folders = zip.paths.filter(path => /^[^/]+\/manifest\.json$/.test(path)).map(path => path.slice(0, -manifestPath.length));
  const folder = folders[0];
  if (zip.paths.includes(manifestPath) || folder === undefined || folders.length > 1)
    return zip;
  const kept = new Map(zip.paths.filter(path => !isOfTheComputer(path))
    .map(path => [path.startsWith(folder) ? path.slice(folder.length) : `../${path}`, path]));
  return { paths: [...kept.keys()], read: async path => kept.has(path) ? zip.read(kept.get(path)!) : null };
}

/**
 * Whether a package is unchanged.
 * @param opened The file; its package may lie one folder down.
 * @param typedCode The seal or the code of the package as it is printed elsewhere; empty for none.
 * @param progress Called with the number of files that are checked, and of all.
 */
export async function verifyPackage(opened: Zip, typedCode = '', progress: (done: number, all: number) => Promise<void> = async () => {}):
  Promise<Verdict> {
  const zip = withoutFolder(opened);
  const content = await zip.read(manifestPath).catch(() => null);
  if (!content)
    return { findings: [finding('NoManifest')], facts: null };
  let manifest: Manifest;
  try {
    manifest = JSON.parse(textOf(content)) as Manifest;
    if (manifest.format !== 1 || !Array.isArray(manifest.files))
      return { findings: [finding('Format')], facts: null };
  } catch {
    return { findings: [finding('NoManifest')], facts: null };
  }

  const packageCode = codeOf(hash(content));
  const findings = await filesOf(zip, manifest, progress);
  const sealText = await zip.read(sealPath).catch(() => null);
  if (!sealText || !normalizeCode(textOf(sealText)).includes(normalizeCode(packageCode)))
    findings.push(finding('Manifest'));
  const { leaves, erased, findings: ofPledges } = await pledgesOf(zip, manifest);
  findings.push(...ofPledges, ...(await textsOf(zip, leaves)));
  findings.push(...sealOf(manifest, bytesToHex(rootOf(leaves.map(leaf => leaf.hash))), leaves.length));
  const token = await zip.read(timestampPath).catch(() => null);
  const stampedAt = token && stampOf(token, manifest);
  if (token && !stampedAt)
    findings.push(finding('Timestamp'));
  if (typedCode && ![manifest.seal.code, packageCode].some(code => normalizeCode(code) === normalizeCode(typedCode)))
    findings.push(finding('Typed', typedCode));
  return {
    findings,
    facts: { title: manifest.event.title, code: manifest.event.code, seal: manifest.seal, packageCode, pledges: leaves.length, erased,
      files: manifest.files.length, stampedAt },
  };
}

/** The time that a token of RFC 3161 states, if the hash of this seal stands in it. Its signature is not checked. */
export function stampOf(token: Uint8Array, manifest: { event: { code: string }; seal: Seal }): string | null {
  const hex = bytesToHex(token);
  const at = hex.indexOf('0420' + hexHash(contentOfSeal(manifest.event.code, manifest.seal)));
  // GeneralizedTime of 15 characters, the first after the hash: 20260717043001Z.
  const time = /180f((?:3\d){14})5a/.exec(at < 0 ? '' : hex.slice(at))?.[1];
  return time ? time.replace(/3(\d)/g, '$1').replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3 $4:$5:$6 UTC') : null;
}

async function filesOf(zip: Zip, manifest: Manifest, progress: (done: number, all: number) => Promise<void>): Promise<Finding[]> {
  const listed = new Map(manifest.files.map(file => [file.path, file.sha256]));
  const found = new Map<string, string>();
  for (const [at, path] of zip.paths.entries()) {
    await progress(at, zip.paths.length);
    const content = unlistedPaths.includes(path) ? null : await zip.read(path);
    if (!unlistedPaths.includes(path))
      found.set(path, content ? hexHash(content) : '');
  }
  const missing = [...listed.keys()].filter(path => !found.has(path));
  const added = [...found.keys()].filter(path => !listed.has(path));
  const changed = [...listed.keys()].filter(path => found.has(path) && found.get(path) !== listed.get(path));
  const findings: Finding[] = [];
  for (const path of missing) {
    const to = added.find(name => found.get(name) === listed.get(path));
    findings.push(to ? finding('File.Renamed', path, to) : finding('File.Missing', path));
    if (to)
      added.splice(added.indexOf(to), 1);
  }
  findings.push(...added.map(path => finding('File.Added', path)));
  while (changed.length > 0) {
    const path = changed.shift()!;
    const other = changed.find(name => found.get(name) === listed.get(path) && found.get(path) === listed.get(name));
    findings.push(other ? finding('File.Swapped', path, other) : finding('File.Changed', path));
    if (other)
      changed.splice(changed.indexOf(other), 1);
  }
  return findings;
}

interface Leaf {
  sequence: string;
  hash: Uint8Array;
  content: string | null;
}

/** A line of the leaves: its number, its salt and what is hashed with it; or a dash and the hash where the names were erased. */
export function leafOfLine(line: string): Leaf | null {
  const [, sequence, salt, rest] = /^(\d+) ([0-9a-f]{32}|-) (.+)$/.exec(line) ?? [];
  if (!sequence || !salt || !rest)
    return null;
  if (salt !== '-')
    return { sequence, hash: leafOf(concatBytes(hexToBytes(salt), utf8ToBytes(rest))), content: rest };
  return /^[0-9a-f]{64}$/.test(rest) ? { sequence, hash: hexToBytes(rest), content: null } : null;
}

async function pledgesOf(zip: Zip, manifest: Manifest): Promise<{ leaves: Leaf[]; erased: number; findings: Finding[] }> {
  const [leavesFile, hashesFile] = [await zip.read(leavesPath).catch(() => null), await zip.read(hashesPath).catch(() => null)];
  if (!leavesFile || !hashesFile)
    return { leaves: [], erased: 0, findings: [] }; // reported as a missing or damaged file
  const leaves: Leaf[] = [];
  const damaged: Finding[] = [];
  for (const line of linesOf(leavesFile)) {
    const leaf = leafOfLine(line);
    if (leaf)
      leaves.push(leaf);
    else
      damaged.push(finding('Pledge.Line', leaves.length + damaged.length + 1));
  }
  const hashes = new Map([...linesOf(hashesFile)].map(line => line.split(' ') as [string, string]));
  const found = new Map(leaves.map(leaf => [leaf.sequence, leaf]));
  const findings = [
    ...damaged,
    ...leaves.filter(leaf => hashes.has(leaf.sequence) && hashes.get(leaf.sequence) !== bytesToHex(leaf.hash))
      .map(leaf => finding('Pledge.Changed', leaf.sequence, namesOf(contentOf(leaf)?.signers ?? []))),
    ...leaves.filter(leaf => !hashes.has(leaf.sequence) || found.get(leaf.sequence) !== leaf)
      .map(leaf => finding('Pledge.Added', leaf.sequence, namesOf(contentOf(leaf)?.signers ?? []))),
    ...[...hashes.keys()].filter(sequence => !found.has(sequence)).map(sequence => finding('Pledge.Missing', sequence)),
  ];
  return {
    leaves, erased: leaves.filter(leaf => leaf.content === null).length,
    findings: findings.length > maxNamed ? [...findings.slice(0, maxNamed), finding('Pledge.More', findings.length - maxNamed)] : findings,
  };
}

interface Content {
  signers: (LeafSigner & { role: string; version: number; text: string })[];
}

function contentOf(leaf: Leaf): Content | null {
  try {
    return leaf.content === null ? null : (JSON.parse(leaf.content) as Content);
  } catch {
    return null;
  }
}

async function textsOf(zip: Zip, leaves: Leaf[]): Promise<Finding[]> {
  const content = await zip.read(textsPath).catch(() => null);
  if (!content)
    return [];
  try {
    const texts = JSON.parse(textOf(content)) as Text[];
    const known = new Set(texts.map(hashOfText));
    const changed = texts.filter(text => hashOfText(text) !== text.sha256).map(text => finding('Text.Changed', text.role, text.version));
    const unknown = new Map<string, Finding>();
    for (const leaf of leaves)
      for (const signer of contentOf(leaf)?.signers ?? [])
        if (!known.has(signer.text))
          unknown.set(signer.text, finding('Text.Missing', signer.role, signer.version));
    return [...changed, ...unknown.values()];
  } catch {
    return [finding('File.Changed', textsPath)];
  }
}

function sealOf(manifest: Manifest, root: string, leaves: number): Finding[] {
  const seal = manifest.seal;
  return [
    ...(leaves === seal.leaves && root === seal.root ? [] : [finding('Root', seal.leaves, leaves)]),
    ...(codeOfSeal(manifest.event.code, seal) === seal.code ? [] : [finding('Seal', seal.code)]),
  ];
}

/** Whether a receipt is of a pledge that is in the seal. */
export function verifyReceipt(receipt: Receipt, typedCode = ''): Verdict {
  const findings: Finding[] = [];
  try {
    const leaf = leafOf(concatBytes(hexToBytes(receipt.salt), utf8ToBytes(receipt.content)));
    const root = rootFromPath(leaf, receipt.index, receipt.seal.leaves, receipt.path.map(hexToBytes));
    if (!root || bytesToHex(root) !== receipt.seal.root)
      findings.push(finding('Receipt.Changed'));
    if (codeOfSeal(receipt.event.code, receipt.seal) !== receipt.seal.code)
      findings.push(finding('Seal', receipt.seal.code));
  } catch {
    return { findings: [finding('Receipt.Unreadable')], facts: null };
  }
  if (typedCode && normalizeCode(receipt.seal.code) !== normalizeCode(typedCode))
    findings.push(finding('Typed', typedCode));
  return {
    findings,
    facts: { title: receipt.event.title, code: receipt.event.code, seal: receipt.seal, packageCode: null, pledges: receipt.seal.leaves,
      erased: 0, files: 0, stampedAt: null },
  };
}
