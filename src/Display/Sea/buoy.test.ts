import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { stripsIn } from './buoy';

test('the ring is drawn strip by strip', () => {
  equal(stripsIn(0), '0 .5 0.000 2.000 0.000 2.000 0.000 2.000 0.000 2.000');
  equal(stripsIn(0.125), '0 .5 0.500 1.500 0.000 2.000 0.000 2.000 0.000 2.000');
  equal(stripsIn(0.5), '0 .5 1.000 1.000 1.000 1.000 0.000 2.000 0.000 2.000');
  equal(stripsIn(1), '0 .5 1.000 1.000 1.000 1.000 1.000 1.000 1.000 1.000');
});
