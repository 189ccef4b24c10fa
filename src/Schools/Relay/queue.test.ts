import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue, type QueueEntry, type QueueStore, type Row } from './queue';

const secret = '0123456789abcdef0123456789abcdef';
const waiting: QueueEntry = { key: 'k', entry: 7, name: '王小明', at: 1, signature: 's', version: 1, event: 'ABC123' };

test('what waits is carried to another device by a file that the same link alone opens', async () => {
  const queue = await Queue.open(secret, 'ABC123');
  await queue.put(waiting);

  const file = queue.pack();

  assert.deepEqual((await Queue.open(secret, 'ABC123')).unpack(file), [waiting]);
  assert.equal((await Queue.open('1' + secret.slice(1), 'ABC123')).unpack(file), null);
  assert.equal((await Queue.open(secret, 'ABC123')).unpack(file.slice(1)), null);
  assert.ok(!new TextDecoder().decode(file).includes('王小明'));
});

/** A device's storage that can fail: `fails` so many times from now on. */
class Device {
  readonly rows = new Map<string, Row>();
  fails = 0;
  lose = () => {};
  opened = 0;

  readonly open = (lost: () => void): Promise<QueueStore> => {
    this.opened++;
    this.lose = lost;
    const act = async (how: () => unknown) => {
      if (this.fails > 0) {
        this.fails--;
        throw new Error('the connection is closing');
      }
      how();
    };
    return Promise.resolve({
      all: async () => [...this.rows.values()], put: row => act(() => this.rows.set(row.key, row)),
      delete: key => act(() => this.rows.delete(key)), close: () => {},
    });
  };
}

test('a write that fails once is tried again over a new connection', async () => {
  const device = new Device();
  const queue = await Queue.open(secret, 'ABC123', device.open);
  device.fails = 1;

  await queue.put(waiting);

  assert.deepEqual((await Queue.open(secret, 'ABC123', device.open)).all, [waiting]);
  assert.ok(queue.isPersisted);
});

test('what the device did not take is written with the next entry, and what was sent meanwhile does not stay on it', async () => {
  const device = new Device();
  const queue = await Queue.open(secret, 'ABC123', device.open);
  await queue.put(waiting);
  device.fails = 4;
  await queue.put({ ...waiting, key: 'l' });
  assert.ok(!queue.isPersisted);
  await queue.remove('k');
  assert.deepEqual([...device.rows.keys()], ['k']);

  await queue.put({ ...waiting, key: 'm' });

  assert.deepEqual([...device.rows.keys()].sort(), ['l', 'm']);
  assert.ok(queue.isPersisted);
});

test('what is erased in vain is erased later, though nothing else is written', async () => {
  const device = new Device();
  const queue = await Queue.open(secret, 'ABC123', device.open);
  await queue.put(waiting);
  device.fails = 2;
  await queue.remove('k');

  await queue.retry();

  assert.equal(device.rows.size, 0);
});

test('a connection that the browser has closed is opened anew', async () => {
  const device = new Device();
  const queue = await Queue.open(secret, 'ABC123', device.open);
  device.lose();

  await queue.put(waiting);

  assert.deepEqual([device.rows.size, device.opened], [1, 2]);
});
