/// <reference types="node" />
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layOut } from './ghost';

/** As Chinese faces have it: Latin letters and signs a little over half as wide. */
const measure = (text: string) => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? 1 : 0.6), 0);

test('a short name stands on one line', () =>
  assert.deepEqual(layOut('王小明', 640, 300, measure).lines, ['王小明']));

test('a long name stands on two, broken after its dot', () =>
  assert.deepEqual(layOut('阿卜杜热西提·阿卜杜热合曼', 640, 300, measure).lines, ['阿卜杜热西提·', '阿卜杜热合曼']));

test('of several dots or spaces, the one that makes the longer half shortest', () => {
  assert.deepEqual(layOut('阿卜杜热合曼·阿卜杜克热木·麦麦提', 640, 300, measure).lines, ['阿卜杜热合曼·', '阿卜杜克热木·麦麦提']);
  assert.deepEqual(layOut('Maria Magdalena Wolfeschlegelsteinhausen', 640, 300, measure).lines,
    ['Maria Magdalena', 'Wolfeschlegelsteinhausen']);
});

test('a word is never broken', () =>
  assert.deepEqual(layOut('Wolfeschlegelsteinhausenbergerdorff', 640, 300, measure).lines, ['Wolfeschlegelsteinhausenbergerdorff']));

for (const [width, height] of [[640, 300], [568, 260], [320, 500], [1024, 700], [360, 180]] as const)
  test(`whatever the name, it fits a sheet of ${width} by ${height}`, () => {
    for (const name of ['王', '王小明', '欧阳娜娜', '阿卜杜热西提·阿卜杜热合曼', '阿'.repeat(60), 'a'.repeat(60), 'Zoë O\'Brien-Nguyễn', '𠮷'.repeat(21)]) {
      const { lines, size } = layOut(name, width, height, measure);
      assert.ok(size > 0);
      for (const line of lines)
        assert.ok(measure(line) * size <= width, `${line} at ${size}`);
      assert.ok(lines.length * size <= height);
      assert.equal(lines.join('').replace(/ /g, ''), name.replace(/ /g, ''));
    }
  });
