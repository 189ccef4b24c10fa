import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deliver, send, type Answer, type Receipt, type SignRequest } from './delivery';

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

test('the answer that the server writes is the receipt', async () => {
  const sample: Receipt = JSON.parse(readFileSync('tests/contract/sign-answer.json', 'utf8'));
  assert.deepEqual(Object.keys(sample).sort(), Object.keys(receipt).sort());
  for (const status of [200, 201])
    assert.deepEqual(await answered(new Response(JSON.stringify(sample), { status })), { kind: 'signed', receipt: sample });
});

test('what may have been stored, or could not be yet, is sent again later', async () => {
  for (const status of [429, 500, 502, 503])
    assert.deepEqual(await answered(new Response('', { status, headers: { 'Retry-After': '3' } })), { kind: 'later', seconds: 3 });
  assert.deepEqual(await answered(new TypeError('the network is gone')), { kind: 'later', seconds: 0 });
  assert.deepEqual(await answered(new Response('<html>cut off', { status: 200 })), { kind: 'later', seconds: 0 });
});

test('a network that answers in our place, until somebody has signed in to it, ends nothing', async () => {
  for (const status of [200, 403, 511])
    for (const body of ['<html>Sign in to the Wi-Fi', '{"login":"required"}', 'null'])
      assert.deepEqual(await answered(new Response(body, { status })), { kind: 'later', seconds: 0 });
});

async function answered(by: Response | Error): Promise<Answer> {
  globalThis.fetch = async () => {
    if (by instanceof Error)
      throw by;
    return by;
  };
  const request: SignRequest = { key: '', textVersions: {}, classId: null, signers: [], consents: { guardian: false, showMaskedName: false } };
  return send('DEM001', request);
}

async function delivered(...answers: Answer[]) {
  const waits: number[] = [];
  const answer = await deliver(async () => answers.shift()!, async seconds => void waits.push(seconds), () => 0);
  return { answer, waits };
}
