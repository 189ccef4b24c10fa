import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { problemOf } from './typed-name';

test('what the server would refuse of a typed name is said before the pupil has gone, and what it takes is not refused', () => {
  const names = JSON.parse(readFileSync('tests/contract/typed-names.json', 'utf8')) as { typed: string; problem: string }[];
  const kinds: Record<string, string | null> = { None: null, Missing: 'missing', LongNumber: 'number', NotAName: 'sign' };
  assert.ok(names.length > 30);
  for (const { typed, problem } of names)
    assert.equal(problemOf(typed), kinds[problem], typed);
});

test('what only the server can tell is left to it', () => {
  for (const typed of ['王（大', '王\u180e明', 'a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301'])
    assert.equal(problemOf(typed), null);
});
