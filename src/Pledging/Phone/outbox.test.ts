import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allSubmissions } from './submissions';
import { Outbox, type Submission } from './outbox';

test('what is kept is found again by the next page, oldest first', () => {
  const storage = phone();
  const before = new Outbox(() => storage);
  assert.ok(before.keep(handedIn('018f-2', 'DEM001', 1)));
  assert.ok(before.keep(handedIn('018f-1', 'EVENT2', 2)));

  assert.deepEqual(allSubmissions(() => storage), [handedIn('018f-2', 'DEM001', 1), handedIn('018f-1', 'EVENT2', 2)]);
});

test('handed in twice it is there once', () => {
  const storage = phone();
  const outbox = new Outbox(() => storage);
  outbox.keep(handedIn('018f-1'));
  outbox.keep(handedIn('018f-1'));
  assert.equal(allSubmissions(() => storage).length, 1);
});

test('what is forgotten leaves nothing behind', () => {
  const storage = phone();
  const outbox = new Outbox(() => storage);
  outbox.keep(handedIn('018f-1'));
  outbox.forget('018f-1');
  assert.deepEqual(Object.keys(storage), []);
});

test('what others keep in the same storage is left alone, and what cannot be read is passed over', () => {
  const storage = phone();
  storage.setItem('theirs', 'a');
  storage.setItem('waiting:broken', '{');
  storage.setItem('waiting:other', '{"code":1}');
  const outbox = new Outbox(() => storage);
  outbox.keep(handedIn('018f-1'));
  assert.deepEqual(allSubmissions(() => storage), [handedIn('018f-1')]);
  assert.equal(storage.getItem('theirs'), 'a');
});

test('a full storage is said and breaks nothing', () => {
  const storage = phone();
  storage.setItem = () => { throw new Error('QuotaExceededError'); };
  const outbox = new Outbox(() => storage);
  assert.equal(outbox.keep(handedIn('018f-1')), false);
  assert.deepEqual(allSubmissions(() => storage), []);
});

test('a storage that may not even be named is said and breaks nothing', () => {
  const forbidden = () => { throw new Error('SecurityError'); };
  const outbox = new Outbox(forbidden);
  assert.equal(outbox.keep(handedIn('018f-1')), false);
  assert.deepEqual(allSubmissions(forbidden), []);
  outbox.forget('018f-1');
});

function handedIn(key: string, code = 'DEM001', at = 0): Submission {
  return {
    code, party: 'Guardian', at,
    request: {
      key, textVersions: { guardian: 1 }, classId: null, signers: [{ role: 'guardian', name: '王芳', typed: true }],
      consents: { guardian: false, showMaskedName: false },
    },
  };
}

/** Keeps its items as properties of its own, as a browser's storage does. */
function phone(): Storage {
  const items: Record<string, string> = Object.create({
    getItem: (name: string) => items[name] ?? null,
    setItem: (name: string, value: string) => void (items[name] = value),
    removeItem: (name: string) => void delete items[name],
  });
  return items as unknown as Storage;
}
