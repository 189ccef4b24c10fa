import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deliver, type Answer } from './delivery';

const receipt = { receipt: 'abc', number: 7, signedAt: '2026-07-17T08:00:00Z', verification: '0001-2F7Q-K3ZM' };

test('what arrives at once is answered at once', async () => {
  const { answer, waits } = await delivered({ kind: 'signed', receipt });
  assert.deepEqual(answer, { kind: 'signed', receipt });
  assert.deepEqual(waits, []);
});

test('while nobody answers it waits longer and longer, up to half a minute', async () => {
  const { waits } = await delivered(...Array<Answer>(7).fill({ kind: 'later', seconds: 0 }), { kind: 'signed', receipt });
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30]);
});

test('it waits as long as the server asks', async () => {
  const { waits } = await delivered({ kind: 'later', seconds: 10 }, { kind: 'signed', receipt });
  assert.deepEqual(waits, [10]);
});

test('a refusal ends the waiting', async () => {
  const problem = { status: 403, title: 'Signing has ended', detail: '' };
  const { answer } = await delivered({ kind: 'later', seconds: 0 }, { kind: 'refused', problem });
  assert.deepEqual(answer, { kind: 'refused', problem });
});

async function delivered(...answers: Answer[]) {
  const waits: number[] = [];
  const answer = await deliver(async () => answers.shift()!, async seconds => void waits.push(seconds), () => 0);
  return { answer, waits };
}
