/// <reference types="node" />
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { spread, waterline } from './vessels';

test('the water rises with the class and never over the rim', () => {
  assert.equal(waterline(0, 45), 97);
  assert.equal(waterline(45, 45), 6);
  assert.equal(waterline(60, 45), 6);
  const lines = Array.from({ length: 46 }, (_, count) => waterline(count, 45));
  assert.deepEqual(lines, [...lines].sort((a, b) => b - a));
});

test('the water stands where the server draws it', () => {
  const classes: { expected: number | null; lines: number[] }[] = JSON.parse(readFileSync('tests/contract/waterline.json', 'utf8'));
  for (const { expected, lines } of classes)
    assert.deepEqual(lines.map((_, count) => waterline(count, expected)), lines);
});

test('where nobody has said how many are expected the water stays calm', () => {
  assert.equal(waterline(0, null), waterline(60, null));
});

const classes = (...ofSchools: number[]) => ofSchools.flatMap(count => [2, ...Array<number>(count).fill(1)]);
const ofOneSchool = (count: number) => Array<number>(count).fill(1);

test('vessels stand in as few rows as fit, spread evenly', () => {
  assert.equal(spread(ofOneSchool(6), 22).columns, 6);
  assert.equal(spread(ofOneSchool(22), 22).columns, 22);
  assert.equal(spread(ofOneSchool(24), 22).columns, 12);
  assert.equal(spread(ofOneSchool(62), 22).columns, 21);
});

test('a class with a long name is wider, and starts no row as a school does', () => {
  const widths = [2, 1, 1, 2, 2, 1];
  assert.deepEqual(spread(widths, 5, widths.map((_, i) => i === 0 || i === 3)), { columns: 5, ownRows: true });
  assert.deepEqual(spread([2, ...Array(9).fill(1), 2, 2], 12, [true]), { columns: 8, ownRows: true });
});

test('a school starts a row of its own where that costs none', () => {
  assert.deepEqual(spread(classes(6, 8), 22), { columns: 18, ownRows: false });
  assert.deepEqual(spread(classes(6, 8), 16), { columns: 10, ownRows: true });
  assert.deepEqual(spread(classes(1, 1, 1, 1, 1, 1), 12), { columns: 9, ownRows: false });
});
