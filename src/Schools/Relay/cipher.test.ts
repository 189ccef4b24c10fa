import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cipher } from './cipher';

test('what is sealed is opened by the same secret alone, and tells nothing', () => {
  const seal = new Cipher('0123456789abcdef0123456789abcdef');
  const whole = seal.encrypt({ name: '王小明' });

  assert.deepEqual(seal.decrypt(whole), { name: '王小明' });
  assert.deepEqual(new Cipher('0123456789abcdef0123456789abcdef').decrypt(whole), { name: '王小明' });
  assert.equal(new Cipher('1123456789abcdef0123456789abcdef').decrypt(whole), null);
  assert.ok(!new TextDecoder().decode(whole).includes('王小明'));
  assert.notEqual(new Cipher('1123456789abcdef0123456789abcdef').link, seal.link);
  assert.notDeepEqual(seal.encrypt({ name: '王小明' }), whole); // another nonce each time
  whole[30]! ^= 1;
  assert.equal(seal.decrypt(whole), null);
});
