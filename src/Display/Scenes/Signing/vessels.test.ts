/// <reference types="node" />
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fillingOf, marks, pageSize, waterline } from './vessels';

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

test('up to 24 vessels stand together, more take turns on pages of about the same size', () => {
  assert.equal(pageSize(14, 24), 14);
  assert.equal(pageSize(24, 24), 24);
  assert.equal(pageSize(25, 24), 9);
  assert.equal(pageSize(40, 24), 10);
  assert.equal(pageSize(14, 12), 7);
});
