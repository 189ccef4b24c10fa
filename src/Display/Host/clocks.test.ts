import assert from 'node:assert/strict';
import test from 'node:test';
import { formatMinutes, secondsOf } from './clocks';

test('a clock reads in minutes and seconds, and never below nothing', () => {
  assert.deepEqual([-3, 0, 9, 65, 600, 3725].map(formatMinutes), ['0:00', '0:00', '0:09', '1:05', '10:00', '62:05']);
});

test('what a clock says is read back in seconds', () => {
  assert.deepEqual(['0:00', '1:05', '62:05', ''].map(secondsOf), [0, 65, 3725, 0]);
});
