import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Questions } from './questions';

/** Asks so often; none is ever answered. */
function hanging(questions: Questions, times: number): AbortSignal[] {
  const signals: AbortSignal[] = [];
  for (let i = 0; i < times; i++)
    questions.ask(signal => new Promise<void>((_, fail) => {
      signals.push(signal);
      signal.addEventListener('abort', fail);
    })).catch(() => {});
  return signals;
}

test('of the questions that hang, the oldest is left its time and the newest find a place', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  assert.deepEqual(hanging(new Questions(), 6).map(signal => signal.aborted), [false, true, true, true, false, false]);
});

test('in the end the oldest is given up too', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const [oldest] = hanging(new Questions(), 1);
  t.mock.timers.tick(10000);
  assert.equal(oldest!.aborted, true);
});

test('an answered question leaves its place to others', async () => {
  const questions = new Questions();
  assert.equal(await questions.ask(() => Promise.resolve(428)), 428);
  await assert.rejects(questions.ask(() => Promise.reject(new Error('refused'))));
  const signals = hanging(questions, 3);
  assert.deepEqual(signals.map(signal => signal.aborted), [false, false, false]);
  signals[0]!.dispatchEvent(new Event('abort')); // lets the test's timers go
});
