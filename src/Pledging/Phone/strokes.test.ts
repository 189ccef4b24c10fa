/// <reference types="node" />
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  decode, dotSize, encode, fit, format, isEmpty, margin, millisecondsPerStep, maxBytes, maxPoints, maxStrokes,
  type Handwriting, type Point,
} from './strokes';

interface Sample extends Handwriting { name: string; encoded: string }
const samples: Sample[] = JSON.parse(readFileSync('tests/contract/strokes.json', 'utf8'));
const limits = JSON.parse(readFileSync('tests/contract/limits.json', 'utf8'));

test('the phone holds to the limits of the server', () => {
  const { maxBytes, ...exact } = limits.strokes;
  assert.deepEqual({ format, maxStrokes: maxStrokes, maxPoints: maxPoints, millisecondsPerStep, dotSize, margin }, exact);
  assert.ok(maxBytes <= maxBytes);
});

test('the largest signatures of all who may sign together leave a sixth of the request for the rest', () =>
  assert.ok(limits.maxSigners * Math.ceil(maxBytes * 4 / 3) <= limits.maxRequestBytes * 5 / 6));

for (const sample of samples)
  test(`the phone writes the sample that the server reads: ${sample.name}`, () =>
    assert.equal(encode(sample), sample.encoded));

for (const sample of samples)
  test(`what was written is read back: ${sample.name}`, () =>
    assert.equal(encode(decode(sample.encoded)), sample.encoded));

test('points that nobody would miss are thinned out, the ends and the corners stay', () => {
  const corner: Point[] = [];
  for (let i = 0; i <= 50; i++) corner.push([i * 4, 100, i * 8]);
  for (let i = 1; i <= 50; i++) corner.push([200, 100 + i * 4, 400 + i * 8]);
  const [stroke] = fit({ width: 2000, height: 1000, strokes: [corner] }).strokes;
  assert.deepEqual(stroke, [[0, 100, 0], [200, 100, 400], [200, 300, 800]]);
});

test('a very long scribble still fits', () => {
  const scribble = fit({ width: 4000, height: 2000, strokes: [...Array(maxStrokes + 50).keys()].map(s => wave(s, 400)) });
  assert.ok(scribble.strokes.length <= maxStrokes);
  assert.ok(scribble.strokes.flat().length <= maxPoints);
  assert.ok(encode(scribble).length <= 7000, 'four of them and their names stay under 32 KB');
});

test('of too many strokes the smallest go, and the order stays', () => {
  const strokes = [...Array(maxStrokes + 1).keys()].map((i): Point[] => [[0, i, 0], [i === 7 ? 1 : 400, i, 40]]);
  const kept = fit({ width: 2000, height: 1000, strokes }).strokes.map(s => s[0]![1]);
  assert.deepEqual(kept, [...Array(maxStrokes + 1).keys()].filter(i => i !== 7));
});

test('nothing, and a mere dot, are no signature', () => {
  assert.ok(isEmpty({ width: 100, height: 100, strokes: [] }));
  assert.ok(isEmpty({ width: 100, height: 100, strokes: [[[50, 50, 0], [53, 52, 12]]] }));
  assert.ok(!isEmpty({ width: 100, height: 100, strokes: [[[50, 50, 0], [60, 50, 12]]] }));
});

/** A line that no thinning makes straight. */
function wave(seed: number, points: number): Point[] {
  return [...Array(points).keys()].map((i): Point =>
    [(i * 7 + seed) % 4000, Math.round(1000 + 900 * Math.sin(i * (1 + seed / 50))), i * 8]);
}
