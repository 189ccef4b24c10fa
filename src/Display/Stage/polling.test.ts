import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PollingRequests } from './polling';

/** Sends so many requests that are never answered. */
function hanging(polling: PollingRequests, times: number): AbortSignal[] {
  const signals: AbortSignal[] = [];
  for (let i = 0; i < times; i++)
    polling.send(signal => new Promise<void>((_, fail) => {
      signals.push(signal);
      signal.addEventListener('abort', fail);
    })).catch(() => {});
  return signals;
}

test('of the requests that hang, the oldest is left its time and the newest find a place', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  assert.deepEqual(hanging(new PollingRequests(), 6).map(signal => signal.aborted), [false, true, true, true, false, false]);
});

test('in the end the oldest is given up too', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const [oldest] = hanging(new PollingRequests(), 1);
  t.mock.timers.tick(10000);
  assert.equal(oldest!.aborted, true);
});

test('an answered request leaves its place to others', async () => {
  const polling = new PollingRequests();
  assert.equal(await polling.send(() => Promise.resolve(428)), 428);
  await assert.rejects(polling.send(() => Promise.reject(new Error('refused'))));
  const signals = hanging(polling, 3);
  assert.deepEqual(signals.map(signal => signal.aborted), [false, false, false]);
  signals[0]!.dispatchEvent(new Event('abort')); // lets the test's timers go
});
