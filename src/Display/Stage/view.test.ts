import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isCurrent, type StageScene, type Tally } from './tally';
import { glide, spread, waterline } from './view';

const sample = <T>(name: string): T => JSON.parse(readFileSync(`tests/contract/${name}.json`, 'utf8'));

test('what the server sends is what the stage reads', () => {
  const { version, people, families, byClass } = sample<Tally>('tally');
  assert.deepEqual([version, people, families], [41, 5, 2]);
  assert.deepEqual(byClass.map(group => [group.classId, group.people, group.families, group.expected]), [[12, 4, 2, 45], [13, 0, 0, null]]);
  const scene = sample<StageScene>('scene');
  assert.deepEqual([scene.version, scene.state], [3, 'open']);
});

test('a snapshot that was overtaken is not shown', () => {
  assert.equal(isCurrent(7, 8), false);
  assert.equal(isCurrent(8, 8), true);
  assert.equal(isCurrent(9, 8), true);
});

test('the water rises with the class and never over the rim', () => {
  assert.equal(waterline(0, 45), 97);
  assert.equal(waterline(45, 45), 6);
  assert.equal(waterline(60, 45), 6);
  const lines = Array.from({ length: 46 }, (_, count) => waterline(count, 45));
  assert.deepEqual(lines, [...lines].sort((a, b) => b - a));
});

test('where nobody has said how many are expected the water stays calm', () => {
  assert.equal(waterline(0, null), waterline(60, null));
});

test('a number glides to its goal without passing it or turning back', () => {
  const seen = [0, 16, 33, 100, 180, 219].map(ms => glide(20, 428, ms));
  assert.equal(seen[0], 20);
  assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
  assert.ok(seen.every(number => number <= 428));
  assert.equal(glide(20, 428, 220), 428);
  assert.equal(glide(20, 428, 9999), 428);
});

test('a number that was corrected glides down', () => {
  assert.ok(glide(428, 427, 10) >= 427);
  assert.equal(glide(428, 427, 250), 427);
});

const classes = (...ofSchools: number[]) => ofSchools.flatMap(count => [2, ...Array<number>(count).fill(1)]);
const ofOneSchool = (count: number) => Array<number>(count).fill(1);

test('vessels stand in as few rows as fit, spread evenly', () => {
  assert.equal(spread(ofOneSchool(6), 22).columns, 6);
  assert.equal(spread(ofOneSchool(22), 22).columns, 22);
  assert.equal(spread(ofOneSchool(24), 22).columns, 12);
  assert.equal(spread(ofOneSchool(62), 22).columns, 21);
});

test('a school starts a row of its own where that costs none', () => {
  assert.deepEqual(spread(classes(6, 8), 22), { columns: 18, ownRows: false });
  assert.deepEqual(spread(classes(6, 8), 16), { columns: 10, ownRows: true });
  assert.deepEqual(spread(classes(1, 1, 1, 1, 1, 1), 12), { columns: 9, ownRows: false });
});
