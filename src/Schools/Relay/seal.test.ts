import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Seal } from './seal';

test('what is sealed is opened by the same secret alone, and tells nothing', () => {
  const seal = new Seal('0123456789abcdef0123456789abcdef');
  const whole = seal.close({ name: '王小明' });

  assert.deepEqual(seal.open(whole), { name: '王小明' });
  assert.deepEqual(new Seal('0123456789abcdef0123456789abcdef').open(whole), { name: '王小明' });
  assert.equal(new Seal('1123456789abcdef0123456789abcdef').open(whole), null);
  assert.ok(!new TextDecoder().decode(whole).includes('王小明'));
  assert.notEqual(new Seal('1123456789abcdef0123456789abcdef').link, seal.link);
  assert.notDeepEqual(seal.close({ name: '王小明' }), whole); // another nonce each time
  whole[30]! ^= 1;
  assert.equal(seal.open(whole), null);
});
