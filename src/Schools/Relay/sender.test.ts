import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Waiting } from './queue';
import { keptAs } from './sender';

const waiting: Waiting = { key: 'k', entry: 7, name: '王小明', at: 1, signature: 's', version: 1, event: 'ABC123' };

test('what signing or the link was over for is sent again by itself, and what is wrong is not', () => {
  for (const type of ['/problems/signing-ended', '/problems/no-such-class-link'])
    assert.deepEqual(keptAs(waiting, { refused: 'over', type }), { ...waiting, refused: 'over', again: true });
  assert.deepEqual(keptAs({ ...waiting, again: true }, { refused: 'wrong', type: '/problems/invalid' }), { ...waiting, refused: 'wrong' });
});
