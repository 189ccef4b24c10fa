import { ok } from 'node:assert/strict';
import { test } from 'node:test';
import { Water } from './water';

test('many places at once are as high as each by itself', () => {
  const water = new Water();
  [water.width, water.height, water.unit] = [1920, 1080, 10.8];
  const ripple = { size: 2, speed: 26, width: 3.4, fade: 1.5, life: 2600 };
  for (const [i, x] of [40, 700, 1890].entries()) water.ripples.push({ ...ripple, x, at: i * 300 });
  for (const now of [600, 1100, 2500])
    water.ripplesAlong(-120, 6, 341, now).forEach((height, i) => ok(Math.abs(height - water.rippleAt(-120 + 6 * i, now)) < 1e-4, `${i}`));
});
