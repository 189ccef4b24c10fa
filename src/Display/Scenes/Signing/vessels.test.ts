/// <reference types="node" />
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fillingOf, marks, pagesOf, waterline } from './vessels';

test('the water rises with the class and never over the rim', () => {
  assert.equal(waterline(0, 45), 97);
  assert.equal(waterline(45, 45), 6);
  assert.equal(waterline(60, 45), 6);
});

test('water and marks stand where the server draws them', () => {
  const classes: { expected: number | null; lines: number[] }[] = JSON.parse(readFileSync('tests/contract/waterline.json', 'utf8'));
  for (const { expected, lines } of classes)
    assert.deepEqual(lines.map((_, count) => expected === null ? marks(count) : waterline(count, expected)), lines);
});

const group = (classId: number, families: number | null, expected: number | null) =>
  ({ classId, people: families === null ? null : 2 * families, families, expected });

test('a school is filled by the classes whose size is known, and shows marks where none is', () => {
  assert.deepEqual(fillingOf([group(1, 5, 40), group(2, 9, null), group(3, 3, 40)], () => true), { count: 8, expected: 80 });
  assert.deepEqual(fillingOf([group(1, 5, null), group(2, 9, null)], id => id === 1), { count: 23, expected: null });
  assert.deepEqual(fillingOf([group(1, null, null)], () => true), { count: null, expected: null });
});

/** How many vessels each page has. */
const sizes = (schools: number[], fitting: number) => {
  const pages = pagesOf(schools, fitting);
  return [...new Set(pages)].map(page => pages.filter(one => one === page).length);
};

test('up to 24 vessels stand together, more take turns on pages of about the same size', () => {
  assert.deepEqual(sizes([14], 24), [14]);
  assert.deepEqual(sizes([24], 24), [24]);
  assert.deepEqual(sizes([25], 24), [9, 9, 7]);
  assert.deepEqual(sizes([40], 24), [10, 10, 10, 10]);
  assert.deepEqual(sizes(Array<number>(30).fill(1), 24), [10, 10, 10]);
  assert.deepEqual(sizes([14], 12), [7, 7]);
  assert.deepEqual(sizes([], 12), []);
});

test('a page keeps a school together where it holds it', () => {
  assert.deepEqual(sizes([8, 6], 12), [8, 6]);
  assert.deepEqual(sizes([10, 10, 10, 10], 24), [10, 10, 10, 10]);
  assert.deepEqual(sizes([3, 3, 3, 3, 3], 12), [9, 6]);
  assert.deepEqual(sizes([13, 2], 12), [8, 7]);
});
