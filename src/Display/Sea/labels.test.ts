import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breakInto, fitLabels } from './labels';

const measure = (text: string) => [...text].reduce((sum, letter) => sum + (/\p{Script=Han}/u.test(letter) ? 40 : 22), 0);
const evenly = (count: number, name: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => ({ name: name(i), x: 50 + 1820 * (i + 0.5) / count, families: 9 }));

test('names never touch, and all are there as long as any way of breaking them has room', () => {
  for (const [count, name, all] of [
    [3, '七1班', true], [14, '七1班', true], [24, '七1班', true], [30, '七1班', true], [99, '七1班', false],
    [9, '滨江区第六实验小学', true], [16, '滨江区第六实验小学', true],
  ] as const) {
    const { placed } = fitLabels(evenly(count, () => name), measure, 1920, 15);
    assert.equal(placed.length === count, all, `${placed.length} of ${count} ${name}`);
    for (const row of [0, 1]) {
      const line = placed.filter(label => label.row === row);
      for (let i = 1; i < line.length; i++) {
        const half = (label: { lines: string[] }) => Math.max(...label.lines.map(measure)) / 2;
        assert.ok(line[i]!.x - line[i - 1]!.x >= half(line[i]!) + half(line[i - 1]!) + 15, `${count} ${name}`);
      }
    }
  }
});

test('where not all names fit, the largest groups have theirs', () => {
  const labels = evenly(99, i => `七${i}班`).map((label, i) => ({ ...label, families: i === 0 || i === 57 ? 40 : 1 }));
  const { placed } = fitLabels(labels, measure, 1920, 15);
  for (const name of ['七0班', '七57班']) assert.ok(placed.some(({ lines }) => lines[0] === name), name);
  assert.ok(placed.length > 10, `${placed.length}`);
});

test('a name is broken evenly, and no Latin word in it', () => {
  assert.deepEqual(breakInto('滨江区第六实验小学', 3, measure), ['滨江区', '第六实', '验小学']);
  assert.deepEqual(breakInto('七12班', 2, measure), ['七12班']);
  assert.deepEqual(breakInto('Riverside Primary School', 2, measure), ['Riverside', 'Primary School']);
  assert.deepEqual(breakInto('', 2, measure), ['']);
});
