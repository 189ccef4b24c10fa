import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { bytesToHex, hexHash, hexToBytes } from './bytes';
import { inflate } from './inflate';
import { rootOf } from './merkle';
import { codeOfSeal, contentOfSeal, normalizeCode } from './seal';
import { hashOfText, type Text } from './texts';
import { leafOfLine, stampOf, verifyPackage, verifyReceipt, type Receipt } from './verify';
import { openZip, Unreadable } from './zip';

// What the server writes, see tests/SafetyCampaign.Tests/Records/ArchiveContractTests.cs.
const sample = JSON.parse(readFileSync('tests/contract/archive.json', 'utf8')) as {
  event: string; leaves: string[]; hashes: string[]; roots: string[]; texts: Text[]; receipt: Receipt;
};

test('A leaf has the hash that the server gives it, with its names or without', () =>
  assert.deepEqual(sample.leaves.map(line => bytesToHex(leafOfLine(line)!.hash)), sample.hashes));

test('A leaf that differs in one stroke or in its salt has another hash', () => {
  const [line, other] = [sample.leaves[0]!, sample.leaves[0]!.replace('AQID', 'AQIE')];
  assert.notEqual(line, other);
  assert.notEqual(bytesToHex(leafOfLine(other)!.hash), sample.hashes[0]);
  assert.notEqual(bytesToHex(leafOfLine(line.replace(/ [0-9a-f]/, ' 0').replace(/ ([0-9a-f])/, ' f'))!.hash), sample.hashes[0]);
  assert.equal(leafOfLine('no leaf'), null);
});

test('The root over any number of leaves is the one of the server', () =>
  assert.deepEqual(sample.roots.map((_, count) => bytesToHex(rootOf(sample.hashes.slice(0, count).map(hexToBytes)))), sample.roots));

test('A text has the hash that was signed', () =>
  assert.deepEqual(sample.texts.map(hashOfText), sample.texts.map(text => text.sha256)));

test('A seal has its code, and no other event, time, number or root has it', () => {
  const seal = sample.receipt.seal;
  assert.equal(codeOfSeal(sample.event, seal), seal.code);
  for (const other of [{ ...seal, version: 3 }, { ...seal, sealedAt: '2026-07-17T04:30:01Z' }, { ...seal, leaves: 6 },
    { ...seal, root: seal.root.replace(/^./, c => (c === '0' ? '1' : '0')) }])
    assert.notEqual(codeOfSeal(sample.event, other), seal.code);
  assert.notEqual(codeOfSeal('DEM002', seal), seal.code);
  const typed = ` ${seal.code.toLowerCase().replace(/-/g, ' ').replace(/0/g, 'o').replace(/1/g, 'l')}`;
  assert.equal(normalizeCode(typed), normalizeCode(seal.code));
});

test('A timestamp states its time where it is over this seal, and nothing of another one', () => {
  const manifest = { event: { code: sample.event }, seal: sample.receipt.seal };
  const time = bytesToHex(new TextEncoder().encode('20260717043001Z'));
  const token = hexToBytes(`30820420${hexHash(contentOfSeal(sample.event, sample.receipt.seal))}020101180f${time}`);
  assert.equal(stampOf(token, manifest), '2026-07-17 04:30:01 UTC');
  assert.equal(stampOf(token, { ...manifest, event: { code: 'DEM002' } }), null);
  assert.equal(stampOf(hexToBytes('3000'), manifest), null);
});

test('A receipt leads to the root by its path, and by no other', () => {
  const receipt = sample.receipt;
  assert.deepEqual(verifyReceipt(receipt).findings, []);
  const broken: Receipt[] = [
    { ...receipt, content: receipt.content.replace('小明', '小亮') },
    { ...receipt, index: 2 },
    { ...receipt, path: receipt.path.slice(1) },
    { ...receipt, path: [...receipt.path, receipt.path[0]!] },
    { ...receipt, salt: receipt.salt.replace(/^./, c => (c === '0' ? '1' : '0')) },
    { ...receipt, seal: { ...receipt.seal, code: '0000-0000-0000-0000-0000' } },
    { ...receipt, event: { ...receipt.event, code: 'DEM002' } },
  ];
  for (const other of broken)
    assert.notDeepEqual(verifyReceipt(other).findings, []);
  assert.deepEqual(verifyReceipt(receipt, 'another').findings.map(found => found.key), ['Typed']);
  assert.deepEqual(verifyReceipt({} as Receipt).findings.map(found => found.key), ['Receipt.Unreadable']);
});

test('What was deflated is inflated, whatever its blocks, and what is damaged is refused', () => {
  const noise = Array.from({ length: 70_000 }, (_, i) => String.fromCharCode((i * i * 31 + (i >> 3)) % 256)).join('');
  const texts = ['', 'a', '承诺'.repeat(5000), noise];
  for (const text of texts)
    for (const level of [0, 1, 9]) {
      const bytes = new TextEncoder().encode(text);
      const packed = new Uint8Array(deflateRawSync(bytes, { level }));
      assert.deepEqual(Buffer.from(inflate(packed, bytes.length)), Buffer.from(bytes));
      assert.throws(() => inflate(packed, bytes.length + 1));
      if (bytes.length > 1)
        assert.throws(() => inflate(packed.subarray(0, packed.length >> 1), bytes.length));
    }
});

test('A package that was packed again with its folder is the same package', async () => {
  const manifest = JSON.stringify({
    format: 1, event: { code: sample.event, title: '宣誓' }, seal: sample.receipt.seal,
    files: [{ path: 'data/leaves.txt', bytes: 0, sha256: hexHash(new TextEncoder().encode(sample.leaves.join('\n'))) }],
  });
  const files = { 'manifest.json': manifest, 'data/leaves.txt': sample.leaves.join('\n') };
  const zipOf = (entries: Record<string, string>) => ({
    paths: Object.keys(entries),
    read: async (path: string) => path in entries ? new TextEncoder().encode(entries[path]) : null,
  });
  const inFolder = Object.fromEntries(Object.entries(files).map(([path, text]) => [`archive/${path}`, text]));
  const [flat, again] = [await verifyPackage(zipOf(files)), await verifyPackage(zipOf({
    'archive/': '', ...inFolder, 'archive/data/': '', 'archive/.DS_Store': 'x', '__MACOSX/archive/._manifest.json': 'x',
  }))];
  assert.equal(flat.facts?.code, sample.event);
  assert.deepEqual(again, flat);
  const added = await verifyPackage(zipOf({ ...inFolder, 'other.txt': 'x', 'archive/new.txt': 'y' }));
  assert.deepEqual(added.findings.filter(found => found.key === 'File.Added').map(found => found.values), [['../other.txt'], ['new.txt']]);
  // Of two folders neither is the package.
  const twice = zipOf({ ...inFolder, 'copy/manifest.json': manifest });
  assert.deepEqual((await verifyPackage(twice)).findings.map(found => found.key), ['NoManifest']);
});

test('What is no zip, and a zip without its end, are told apart', async () => {
  const of = (bytes: Uint8Array) => openZip({ size: bytes.length, read: async (from, to) => bytes.slice(from, to) });
  await assert.rejects(of(new TextEncoder().encode('{"kind":"receipt"}')), (failure: Unreadable) => failure.finding === 'NotZip');
  await assert.rejects(of(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)), (failure: Unreadable) => failure.finding === 'Cut');
});
