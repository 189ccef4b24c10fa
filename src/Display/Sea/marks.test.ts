import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitLabels } from './labels';
import { layOut } from './marks';

const room = { left: 50, width: 1820, top: 50, depth: 360, unit: 10.8 };

test('there is one mark for each family, and all lie inside the room', () => {
  for (const sizes of [[1], [42], [955], [3, 0, 12, 27], Array<number>(99).fill(9)]) {
    const { marks } = layOut(sizes.map((families, i) => ({ name: `${i}`, families })), room);
    assert.equal(marks.length, sizes.reduce((a, b) => a + b));
    for (const { x, depth } of marks) {
      assert.ok(x > room.left - 1 && x < room.left + room.width + 1, `${x}`);
      assert.ok(depth > room.top - 1 && depth < room.top + room.depth + 1, `${depth}`);
    }
  }
});

test('a small hall has larger marks than a large one, and the same people give the same picture', () => {
  const few = layOut([{ name: 'a', families: 42 }], room);
  const many = layOut([{ name: 'a', families: 955 }], room);
  assert.ok(few.radius > 1.5 * many.radius, `${few.radius} beside ${many.radius}`);
  assert.deepEqual(layOut([{ name: 'a', families: 42 }], room), few);
});

test('classes of a single family make no mark smaller than the crowd as a whole lets it be', () => {
  const group = (families: number) => ({ name: 'a', families });
  const narrow = { left: 38, width: 947, top: 35, depth: 250, unit: 7.68 };
  const alone = layOut([group(64)], narrow);
  const beside = layOut([group(58), ...Array.from({ length: 6 }, () => group(1))], narrow);
  assert.ok(beside.radius > 0.7 * alone.radius, `${beside.radius} beside ${alone.radius}`);
  assert.ok(beside.marks.every(({ x }) => x > 37 && x < 986));
});

test('who belongs to no class has marks and no name', () => {
  const { marks, labels } = layOut([{ name: '', families: 4 }], room);
  assert.equal(marks.length, 4);
  assert.deepEqual(fitLabels(labels, () => 10, 1920, 15).placed, []);
});
