import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glide } from './number';

test('a number glides to its goal without passing it or turning back', () => {
  const seen = [0, 16, 33, 100, 180, 219].map(ms => glide(20, 428, ms));
  assert.equal(seen[0], 20);
  assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
  assert.ok(seen.every(number => number <= 428));
  assert.equal(glide(20, 428, 220), 428);
  assert.equal(glide(20, 428, 9999), 428);
});

test('a number that was corrected glides down', () => {
  assert.ok(glide(428, 427, 10) >= 427);
  assert.equal(glide(428, 427, 250), 427);
});
