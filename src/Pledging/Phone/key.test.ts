import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newKey } from './key';

test('a key says its version and its time', () => {
  const key = newKey(Date.UTC(2026, 6, 17));
  assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(parseInt(key.replace('-', '').slice(0, 12), 16), Date.UTC(2026, 6, 17));
});

test('keys made at the same moment differ', () => assert.notEqual(newKey(1), newKey(1)));
