import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { dashArrayOf } from './buoy';

test('the ring is drawn strip by strip', () => {
  equal(dashArrayOf(0), '0 .5 0.000 2.000 0.000 2.000 0.000 2.000 0.000 2.000');
  equal(dashArrayOf(0.125), '0 .5 0.500 1.500 0.000 2.000 0.000 2.000 0.000 2.000');
  equal(dashArrayOf(0.5), '0 .5 1.000 1.000 1.000 1.000 0.000 2.000 0.000 2.000');
  equal(dashArrayOf(1), '0 .5 1.000 1.000 1.000 1.000 1.000 1.000 1.000 1.000');
});
