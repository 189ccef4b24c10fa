import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correct } from './sync';

test('a film that is where it should be runs at its own pace', () => {
  assert.deepEqual(correct(61.02, 61), { jumpTo: null, rate: 1 });
});

test('whoever comes late jumps to the right second', () => {
  assert.deepEqual(correct(0, 61), { jumpTo: 61, rate: 1 });
  assert.deepEqual(correct(90, 61), { jumpTo: 61, rate: 1 });
});

test('a small drift is made good without a jump and without a pace that one hears', () => {
  for (const drift of [-1.4, -0.3, 0.3, 1.4]) {
    let player = 60 - drift;
    let film = 60;
    for (let second = 0; second < 60; second++) {
      const { jumpTo, rate } = correct(player, film);
      assert.equal(jumpTo, null);
      assert.ok(rate >= 0.95 && rate <= 1.05);
      player += rate;
      film += 1;
    }
    assert.ok(Math.abs(film - player) < 0.06, `${drift} s became ${film - player} s`);
  }
});
