import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClassTally, Tally } from '../../Stage/tally';
import { groupsOf } from './groups';

const tally = (people: number, families: number, byClass: ClassTally[]): Tally =>
  ({ code: 'DEM001', version: 1, people, families, byClass });
const names = [
  { name: '五1班', families: new Set([1]), people: new Set<number>() },
  { name: '高一1班', families: new Set<number>(), people: new Set([2]) },
  { name: '三1班', families: new Set([3]), people: new Set<number>() },
];

test('there are as many marks as families, also of a small class that tells no number, and of no class', () => {
  const groups = groupsOf(tally(20, 9, [
    { classId: 1, people: 12, families: 6, expected: 45 },
    { classId: 2, people: 4, families: 0, expected: null },
    { classId: 3, people: null, families: null, expected: null, few: true },
  ]), names, '其他');
  assert.deepEqual(groups, [
    { name: '五1班', families: 6 }, { name: '高一1班', families: 4 }, { name: '三1班', families: 0 }, { name: '其他', families: 3 },
  ]);
});

test('families beside whom no class has a mark need no name', () => {
  const small: ClassTally = { classId: 3, people: null, families: null, expected: null, few: true };
  assert.deepEqual(groupsOf(tally(4, 2, [small]), names, '其他').at(-1), { name: '', families: 2 });
});

test('where only people without a class have signed, each of them has a mark', () => {
  assert.deepEqual(groupsOf(tally(8, 0, []), []), [{ name: '', families: 8 }]);
  assert.deepEqual(groupsOf(tally(0, 0, []), []), []);
});
