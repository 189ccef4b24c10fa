import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue, type Waiting } from './queue';

const secret = '0123456789abcdef0123456789abcdef';
const waiting: Waiting = { key: 'k', entry: 7, name: '王小明', at: 1, signature: 's', version: 1, event: 'ABC123' };

test('what waits is carried to another device by a file that the same link alone opens', async () => {
  const queue = await Queue.open(secret, 'ABC123');
  await queue.put(waiting);

  const file = queue.pack();

  assert.deepEqual((await Queue.open(secret, 'ABC123')).unpack(file), [waiting]);
  assert.equal((await Queue.open('1' + secret.slice(1), 'ABC123')).unpack(file), null);
  assert.equal((await Queue.open(secret, 'ABC123')).unpack(file.slice(1)), null);
  assert.ok(!new TextDecoder().decode(file).includes('王小明'));
});
