import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesOf } from './names';

test('signers are called by their names, and a guardian who typed none after the child', () => {
  assert.equal(namesOf([{ name: '王小明' }, { name: '王芳', relation: 'mother', signature: 'handwritten' }]), '王小明 · 王芳');
  assert.deepEqual(namesOf([{ name: '王小明' }, { name: '王小明', relation: 'grandmother', signature: 'handwrittenname' }]),
    ['王小明', { key: 'Guardian.Of.grandmother', values: ['王小明'] }]);
  assert.deepEqual(namesOf([{ name: '3', relation: 'father', signature: 'handwrittenname' }]),
    [{ key: 'Guardian.Of.father', values: [{ key: 'Guardian.Child.Seat', values: ['3'] }] }]);
  assert.deepEqual(namesOf([{ name: '', relation: 'other', signature: 'handwrittenname' }]),
    [{ key: 'Guardian.Of.other', values: [{ key: 'Guardian.Child.Unknown', values: [] }] }]);
});
