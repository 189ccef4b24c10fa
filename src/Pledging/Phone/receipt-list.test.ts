import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSavedReceipts, removeSavedReceipt, storeReceipts } from './receipt-list';

test('a receipt that is gone is removed, and the list with the last one', () => {
  const storage = phone();
  const [first, second] = [{ receipt: 'a-1', place: '五（1）班', title: '活动' }, { receipt: 'b_2', place: '' }];
  assert.ok(storeReceipts([first, second], () => storage));

  removeSavedReceipt('a-1', () => storage);
  assert.deepEqual(loadSavedReceipts(() => storage), [second]);

  removeSavedReceipt('unknown', () => storage);
  removeSavedReceipt('b_2', () => storage);
  assert.deepEqual(Object.keys(storage), []);
});

test('what is not ours, and a storage that may not be named, break nothing', () => {
  const storage = phone();
  storage.setItem('signed', '[{"receipt":"../x","place":""},{"receipt":"ok","place":""}]');
  assert.deepEqual(loadSavedReceipts(() => storage), [{ receipt: 'ok', place: '' }]);
  const forbidden = () => { throw new Error('SecurityError'); };
  assert.deepEqual(loadSavedReceipts(forbidden), []);
  removeSavedReceipt('ok', forbidden);
});

function phone(): Storage {
  const items: Record<string, string> = Object.create({
    getItem: (name: string) => items[name] ?? null,
    setItem: (name: string, value: string) => void (items[name] = value),
    removeItem: (name: string) => void delete items[name],
  });
  return items as unknown as Storage;
}
