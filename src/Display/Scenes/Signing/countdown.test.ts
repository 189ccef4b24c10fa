import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breathAt, levelAt, ringAt, secondsLeft } from './countdown';

test('the last second counts as one, and then there is none', () => {
  assert.deepEqual([0, 9001, 10_000, 11_000].map(now => secondsLeft(10_000, now)), [10, 1, 0, 0]);
});

test('the ring is empty at the beginning, whole at the end, and never goes back', () => {
  const countdown = { from: 1000, until: 31_000 };
  assert.equal(ringAt(countdown, 1000), 0);
  assert.equal(ringAt(countdown, 31_000), 1);
  let before = 0;
  for (let now = 1000; now <= 32_000; now += 50) {
    const share = ringAt(countdown, now);
    assert.ok(share >= before && share <= 1, `${share} after ${before} at ${now}`);
    before = share;
  }
});

test('the ring breathes in the last five seconds only', () => {
  const countdown = { from: 0, until: 30_000 };
  assert.equal(breathAt(countdown, 20_000), 1);
  assert.ok(breathAt(countdown, 27_300) > 1.015);
  assert.equal(breathAt(countdown, 30_000), 1);
});

test('the sea rises with each family and never over its measure', () => {
  let before = levelAt(0, 100);
  assert.equal(before, 0.18);
  for (let families = 1; families < 1000; families++) {
    const level = levelAt(families, 100);
    assert.ok(level >= before && level < 0.3301);
    before = level;
  }
});
