import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { leftUntil } from './countdown';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

test('the clock runs down in whole seconds and never shows a time that is over', () => {
  deepEqual(leftUntil(61_000, 0), { clock: '1:01' });
  deepEqual(leftUntil(61_000, 200), { clock: '1:01' });
  deepEqual(leftUntil(61_000, 60_001), { clock: '0:01' });
  deepEqual(leftUntil(61_000, 61_000), 'soon');
  deepEqual(leftUntil(61_000, 10 * day), 'soon');
});

test('hours appear when there are any', () => {
  deepEqual(leftUntil(hour, 0), { clock: '1:00:00' });
  deepEqual(leftUntil(2 * hour + 3 * minute + 4000, 0), { clock: '2:03:04' });
  deepEqual(leftUntil(day, 0), { clock: '24:00:00' });
});

test('more than a day is told in days of the calendar, on the clocks of the event', () => {
  deepEqual(leftUntil(day + 1000, 0), { days: 1 });
  deepEqual(leftUntil(2 * day + hour, 20 * hour), { days: 2 });
  deepEqual(leftUntil(2 * day + hour, 20 * hour, 8 * hour), { days: 1 }); // 04:00 on the second day there, 09:00 on the third
  deepEqual(leftUntil(30 * day, 0), { days: 30 });
});
