import assert from 'node:assert/strict';
import test from 'node:test';
import { minutes } from './ticking';

test('a clock reads in minutes and seconds, and never below nothing', () => {
  assert.deepEqual([-3, 0, 9, 65, 600, 3725].map(minutes), ['0:00', '0:00', '0:09', '1:05', '10:00', '62:05']);
});
