import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breaksByItself, phrasesOf } from './phrases';

test('no line breaks inside a word, a name that the dictionary does not know, or before a particle', () => {
  assert.deepEqual(phrasesOf(['大', '塘', '冲', '社区', '暑期', '防', '溺水', '宣传', '活动']), ['大塘冲社区', '暑期', '防溺水', '宣传', '活动']);
  assert.deepEqual(phrasesOf(['不到', '不', '熟悉', '的', '水域', '游泳']), ['不到', '不熟悉的', '水域', '游泳']);
  assert.deepEqual(phrasesOf(['每', '一个', '孩子', '，', '都', '平安', '回家']), ['每一个', '孩子，', '都平安', '回家']);
});

test('where the writer has put a comma, lines break there and nowhere else, unless a piece is too long', () => {
  assert.ok(breaksByItself('不到无安全设施、无救援人员的水域游泳'));
  assert.ok(!breaksByItself('不在无家长或教师带领的情况下游泳'));
  assert.ok(!breaksByItself('大塘冲社区暑期防溺水宣传活动暨安全教育大会，开始'));
});
