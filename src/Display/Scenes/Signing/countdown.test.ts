import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secondsLeft } from './countdown';

test('the countdown says 1 until the very end and never less than nothing', () => {
  assert.equal(secondsLeft(90_000, 0), 90);
  assert.equal(secondsLeft(90_000, 89_001), 1);
  assert.equal(secondsLeft(90_000, 90_000), 0);
  assert.equal(secondsLeft(90_000, 95_000), 0);
});
