import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextKey } from './key';

const issued = '019f6da2-5c00-7abc-9def-0123456789ab';

test('a page makes keys of its own that keep all that the server recognises', () => {
  const key = nextKey(issued);
  assert.match(key, /^019f6da2-5c00-7abc-9def-012345[0-9a-f]{6}$/);
  assert.notEqual(key, issued);
});

test('keys made at the same moment differ', () => assert.notEqual(nextKey(issued), nextKey(issued)));
