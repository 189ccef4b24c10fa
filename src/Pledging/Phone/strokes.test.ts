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
  const { maxBytes: most, ...exact } = limits.strokes;
  assert.deepEqual({ format, maxStrokes, maxPoints, millisecondsPerStep, dotSize, margin }, exact);
  assert.ok(maxBytes <= most);
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
  const [stroke] = fit({ width: 2000, height: 1000, strokes: [corner] })!.strokes;
  assert.deepEqual(stroke, [[0, 100, 0], [200, 100, 400], [200, 300, 800]]);
});

test('阿卜杜热西提·阿卜杜热合曼, 88 strokes of a slow hand, travels whole: no stroke is lost', () => {
  const name = fit({ width: 3000, height: 1400, strokes: [...Array(88).keys()].map(s => shortLine(s, 40)) })!;
  assert.equal(name.strokes.length, 88);
  name.strokes.forEach((stroke, i) => {
    const drawn = shortLine(i, 40);
    assert.deepEqual([stroke[0], stroke[stroke.length - 1]], [drawn[0], drawn[drawn.length - 1]]);
  });
  assert.ok(encode(name).length <= 7000, 'four of them and their names stay under 32 KB');
});

test('the most strokes that may travel do so as they are', () =>
  assert.equal(fit({ width: 4000, height: 2000, strokes: [...Array(maxStrokes).keys()].map(s => shortLine(s, 3)) })!.strokes.length,
    maxStrokes));

test('strokes beyond those are joined where the pen hardly left the paper, and all of the ink stays', () => {
  const strokes = [...Array(maxStrokes + 44).keys()].map((i): Point[] => [[i * 12, 100, 0], [i * 12 + 4, 300, 40], [i * 12 + 8, 100, 80]]);
  const joined = fit({ width: 4000, height: 1000, strokes })!;
  assert.equal(joined.strokes.length, maxStrokes);
  assert.equal(joined.strokes.flat().length, strokes.flat().length);
  for (const stroke of joined.strokes)
    stroke.slice(1).forEach((p, i) => assert.ok(p[2] > stroke[i]![2], 'time goes on within a stroke'));
});

test('what would become another signature does not fit', () => {
  const apart = [...Array(maxStrokes + 1).keys()].map((i): Point[] => [[i % 2 * 900, i, 0], [i % 2 * 900 + 60, i + 60, 40]]);
  assert.equal(fit({ width: 4000, height: 2000, strokes: apart }), null);
  assert.equal(fit({ width: 4000, height: 2000, strokes: [...Array(maxStrokes).keys()].map(s => wave(s, 400)) }), null);
});

test('a long scribble is thinned until it fits', () => {
  const scribble = fit({ width: 4000, height: 2000, strokes: [...Array(20).keys()].map(s => circle(s, 400)) })!;
  assert.equal(scribble.strokes.length, 20);
  assert.ok(scribble.strokes.flat().length <= maxPoints);
  assert.ok(encode(scribble).length <= 7000);
});

test('nothing, and a mere dot, are no signature', () => {
  assert.ok(isEmpty({ width: 100, height: 100, strokes: [] }));
  assert.ok(isEmpty({ width: 100, height: 100, strokes: [[[50, 50, 0], [53, 52, 12]]] }));
  assert.ok(isEmpty({ width: 100, height: 100, strokes: [[[50, 50, 0], [60, 50, 12]]] }), 'a touch of two and a half pixels');
  assert.ok(!isEmpty({ width: 100, height: 100, strokes: [[[50, 50, 0], [50 + dotSize, 50, 12]]] }));
});

/** A stroke of a small character, with a tremor that thinning takes out. */
function shortLine(seed: number, points: number): Point[] {
  const [left, top] = [100 + seed % 22 * 120, 100 + Math.floor(seed / 22) * 100];
  return [...Array(points).keys()].map((i): Point =>
    [left + Math.round(i * 80 / points), top + Math.round(20 * Math.sin(i * 3 / points)) + i % 2, i * 8]);
}

function circle(seed: number, points: number): Point[] {
  return [...Array(points).keys()].map((i): Point => [
    Math.round(400 + seed * 60 + 300 * Math.cos(i * 12.6 / points)), Math.round(1000 + 600 * Math.sin(i * 12.6 / points)), i * 8]);
}

/** A line that no thinning makes straight. */
function wave(seed: number, points: number): Point[] {
  return [...Array(points).keys()].map((i): Point =>
    [(i * 7 + seed) % 4000, Math.round(1000 + 900 * Math.sin(i * (1 + seed / 50))), i * 8]);
}
